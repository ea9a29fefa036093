import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';

/** What a request took, where it asked. */
export function consumed(
  wish: string | undefined,
  TableName: string | undefined,
  CapacityUnits: number,
): { readonly ConsumedCapacity?: ConsumedCapacity } {
  return wish === 'TOTAL' || wish === 'INDEXES' ? { ConsumedCapacity: { TableName, CapacityUnits } } : {};
}

/** The same for requests of several tables. */
export function consumedBy(
  wish: string | undefined,
  units: readonly (readonly [table: string, units: number])[],
): { readonly ConsumedCapacity?: ConsumedCapacity[] } {
  if (wish !== 'TOTAL' && wish !== 'INDEXES') return {};
  const sums = Object.entries(groupBy(units, ([table, one]) => [table, one]));
  return {
    ConsumedCapacity: sums.map(([TableName, all]) => ({
      TableName,
      CapacityUnits: all.reduce((sum, one) => sum + one, 0),
    })),
  };
}

/** Values by name, in their order. */
export function groupBy<T, V>(
  all: readonly T[],
  entry: (one: T) => readonly [string, V],
): Record<string, V[]> {
  const groups: Record<string, V[]> = {};
  for (const one of all) {
    const [name, value] = entry(one);
    (groups[name] ??= []).push(value);
  }
  return groups;
}
