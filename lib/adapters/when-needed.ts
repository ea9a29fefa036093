type Method = (...args: readonly unknown[]) => unknown;

/**
 * A port whose adapter is loaded and made when it is first asked: a start, and a request that asks nothing of it, do not pay for it. All
 * methods of the port give promises.
 * @param atHand methods that need no loading
 */
export function whenNeeded<Port extends object>(make: () => Promise<Port>): Port;
export function whenNeeded<Port extends object, AtHand extends keyof Port>(
  make: () => Promise<Omit<Port, AtHand>>,
  atHand: Pick<Port, AtHand>,
): Port;
export function whenNeeded(make: () => Promise<object>, atHand: object = {}): object {
  let made: Promise<object> | undefined;
  return new Proxy(atHand, {
    get: (present, method) => {
      if (Object.hasOwn(present, method)) return (present as Record<string | symbol, unknown>)[method];
      // Whoever awaits the port itself asks for `then`.
      if (typeof method !== 'string' || method === 'then') return undefined;
      return async (...args: readonly unknown[]): Promise<unknown> => {
        const port = (await (made ??= make())) as Record<string, Method>;
        return port[method]!(...args);
      };
    },
  });
}
