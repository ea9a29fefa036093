import type { TenantId } from '../../domain/ids.ts';
import type { Stray } from '../../domain/stray.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { StrayNames, Strays } from '../../ports/strays.ts';

export interface NoteStrayDeps {
  readonly strays: Strays;
  readonly strayNames: StrayNames;
  readonly clock: Clock;
}

/** Lists an original that belongs to nobody. The name of its folder is listed first, so that no stray is missed. */
export async function noteStray(
  { strays, strayNames, clock }: NoteStrayDeps,
  tenant: TenantId,
  stray: Omit<Stray, 'notedAtMs'>,
): Promise<void> {
  await strayNames.addName(tenant);
  await strays.add(tenant, { ...stray, notedAtMs: clock.nowMs() });
}
