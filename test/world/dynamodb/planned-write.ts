import type { Item } from '../dynalite-parts.ts';
import type { Table } from './table.ts';

/** A write that can be checked before it is made: alone, in a batch or in a transaction. */
export interface PlannedWrite {
  readonly table: Table;
  readonly tableName: string;
  readonly pk: string;
  readonly sk: string;
  readonly before: Item | undefined;
  /** Undefined where the item goes. */
  readonly after: Item | undefined;
}

export function apply({ table, pk, sk, after }: PlannedWrite): void {
  if (after) table.put(after);
  else table.delete(pk, sk);
}
