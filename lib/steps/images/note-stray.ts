import type { TenantId } from '../../domain/ids.ts';
import type { Stray } from '../../domain/stray.ts';
import type { StrayNames, Strays } from '../../ports/strays.ts';

export interface NoteStrayDeps {
  readonly strays: Strays;
  readonly strayNames: StrayNames;
}

/** Lists an original that belongs to nobody. The name of its folder is listed first, so that no stray is missed. */
export async function noteStray(
  { strays, strayNames }: NoteStrayDeps,
  tenant: TenantId,
  stray: Stray,
): Promise<void> {
  await strayNames.addName(tenant);
  await strays.add(tenant, stray);
}
