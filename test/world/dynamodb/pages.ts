import type { QueryCommandInput, ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { dynalite, type Item, type KeyConditions, type ParsedRequest } from '../dynalite-parts.ts';
import { validationError } from './errors.ts';
import { itemBytes, readUnits } from './item-size.ts';
import { consumed } from './consumed.ts';
import { compareBytes, compareInScan, type Table } from './table.ts';

/** Bytes that a page is read up to: Amazon DynamoDB Developer Guide, "Paginating table query results". */
const PAGE_BYTES = 2 ** 20;

/** One page of a query or a scan. */
export function readPage(
  table: Table,
  { keyConditions, _filter, _projection }: ParsedRequest & { readonly keyConditions?: KeyConditions },
  input: QueryCommandInput | ScanCommandInput,
) {
  const { Limit = Infinity, ExclusiveStartKey: start, ConsistentRead, Select } = input;
  const isReversed = 'ScanIndexForward' in input && input.ScanIndexForward === false;
  const candidates = keyConditions ? queried(table, keyConditions, isReversed) : table.all();
  // The item of the key itself may be gone.
  const rest = start
    ? candidates.filter((item) => compareInScan(item, start) * (isReversed ? -1 : 1) > 0)
    : candidates;
  const items: Item[] = [];
  let scanned = 0;
  let bytes = 0;
  let last: Item | undefined;
  for (const item of rest) {
    const isFull = scanned === Limit || (last !== undefined && bytes + itemBytes(item) > PAGE_BYTES);
    if (isFull) return answer(last);
    scanned += 1;
    bytes += itemBytes(item);
    last = item;
    if (!_filter || dynalite.db.matchesExprFilter(item, _filter['expression'])) items.push(item);
  }
  // DynamoDB does not look whether anything comes behind the last item that a limit lets it read.
  return answer(scanned === Limit ? last : undefined);

  function answer(lastRead: Item | undefined) {
    const shown = items.map((item) =>
      _projection ? dynalite.db.mapPaths(_projection['paths'], item) : { ...item },
    );
    return {
      ...(Select === 'COUNT' ? {} : { Items: shown }),
      Count: items.length,
      ScannedCount: scanned,
      ...(lastRead && { LastEvaluatedKey: { pk: lastRead['pk']!, sk: lastRead['sk']! } }),
      ...consumed(input.ReturnConsumedCapacity, input.TableName, readUnits(bytes, ConsistentRead === true)),
    };
  }
}

function queried(table: Table, { pk, sk, ...others }: KeyConditions, isReversed: boolean): Item[] {
  if (pk?.ComparisonOperator !== 'EQ' || Object.keys(others).length > 0)
    throw validationError('Query condition missed key schema element: pk');
  const inPartition = table.ofPartition(pk.AttributeValueList[0]!.S!);
  const found = sk ? inPartition.filter((item) => isWanted(item['sk']!.S!, sk)) : inPartition;
  return isReversed ? found.reverse() : found;
}

/** Sort keys are compared by the bytes of their UTF-8. */
function isWanted(key: string, { ComparisonOperator, AttributeValueList }: KeyConditions[string]): boolean {
  const [first = '', second = ''] = AttributeValueList.map(({ S }) => S!);
  switch (ComparisonOperator) {
    case 'EQ':
      return key === first;
    case 'LT':
      return compareBytes(key, first) < 0;
    case 'LE':
      return compareBytes(key, first) <= 0;
    case 'GT':
      return compareBytes(key, first) > 0;
    case 'GE':
      return compareBytes(key, first) >= 0;
    case 'BETWEEN':
      return compareBytes(key, first) >= 0 && compareBytes(key, second) <= 0;
    case 'BEGINS_WITH':
      return key.startsWith(first);
    default:
      throw validationError('Attempted conditional constraint is not an indexable operation');
  }
}
