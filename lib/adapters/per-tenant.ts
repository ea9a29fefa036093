import type { TenantId } from '../domain/ids.ts';
import { lruMap } from './lru-map.ts';

const MAX_TENANTS = 2_000;

/** Makes a value for each tenant when it is first needed, and keeps it. */
export function keptPerTenant<T extends object>(make: (tenant: TenantId) => T): (tenant: TenantId) => T {
  const kept = lruMap<TenantId, T>(MAX_TENANTS);
  return (tenant) => {
    const known = kept.get(tenant);
    if (known) return known;
    const made = make(tenant);
    kept.set(tenant, made);
    return made;
  };
}

/**
 * A port that forwards every call to the adapter of the call's tenant. The tenant is the first argument of
 * every method of a port. An adapter that can reach only one tenant's data cannot be asked for another's.
 */
export function perTenant<Port extends object>(adapterOf: (tenant: TenantId) => Port): Port {
  const of = keptPerTenant(adapterOf);
  return new Proxy({} as Port, {
    get: (_, method) => {
      if (typeof method !== 'string') return undefined;
      return (tenant: TenantId, ...rest: readonly unknown[]): unknown => {
        const adapter = of(tenant) as Record<string, (...args: readonly unknown[]) => unknown>;
        return adapter[method]!(tenant, ...rest);
      };
    },
  });
}
