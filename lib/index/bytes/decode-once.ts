/**
 * What an item decodes to. Items never change, so neither does that; an item that a cache has given up takes it along.
 */
export function decodeOnce<Value extends object>(
  known: WeakMap<Uint8Array, Value>,
  body: Uint8Array,
  decode: () => Value,
): Value {
  const value = known.get(body) ?? decode();
  known.set(body, value);
  return value;
}
