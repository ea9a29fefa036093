/**
 * Decodes an item once. Items never change, so the decoded value is kept as long as the item's bytes are in
 * memory.
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
