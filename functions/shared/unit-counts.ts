import type { Tenant } from '../../lib/domain/tenant.ts';
import { CapacityMeter, type Capacity } from '../../lib/domain/capacity-meter.ts';
import type { Incarnation, TenantId } from '../../lib/domain/ids.ts';

/** Read and write units by tenant that this instance has used and not yet written down. */
export class UnitCounts {
  readonly #meters = new Map<TenantId, CapacityMeter>();
  readonly #flushed = new Map<TenantId, { readonly units: Capacity; readonly atMs: number }>();
  readonly #incarnations = new Map<TenantId, Incarnation>();

  meterOf(tenant: TenantId): CapacityMeter {
    const meter = this.#meters.get(tenant) ?? new CapacityMeter();
    this.#meters.set(tenant, meter);
    return meter;
  }

  /** From here on units are this tenant's. What an earlier one of its name has used and nobody has written down is forgotten. */
  countFor({ id, incarnation }: Pick<Tenant, 'id' | 'incarnation'>): void {
    const before = this.#incarnations.get(id);
    this.#incarnations.set(id, incarnation);
    if (before !== undefined && before !== incarnation) this.take(id, 0);
  }

  /** Tenants that have used something since their units were written down. */
  unflushed(): TenantId[] {
    return [...this.#meters.keys()].filter((tenant) => {
      const { readUnits, writeUnits } = this.#sinceFlushed(tenant);
      return readUnits + writeUnits > 0;
    });
  }

  flushedAtMs(tenant: TenantId): number {
    return this.#flushed.get(tenant)?.atMs ?? 0;
  }

  /** What is to be written down now, and is counted as written from here on. */
  take(tenant: TenantId, atMs: number): { readonly readUnits: number; readonly writeUnits: number } {
    const { readUnits, writeUnits } = this.#sinceFlushed(tenant);
    this.#flushed.set(tenant, { units: this.meterOf(tenant).snapshot(), atMs });
    return { readUnits, writeUnits };
  }

  /** What was taken and could not be written down. */
  putBack(tenant: TenantId, taken: { readonly readUnits: number; readonly writeUnits: number }): void {
    this.meterOf(tenant).add(taken);
  }

  #sinceFlushed(tenant: TenantId): Capacity {
    const before = this.#flushed.get(tenant)?.units ?? new CapacityMeter().snapshot();
    return this.meterOf(tenant).since(before);
  }
}
