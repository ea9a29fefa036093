import type {
  BatchGetItemCommandInput,
  BatchWriteItemCommandInput,
  DeleteItemCommandInput,
  GetItemCommandInput,
  PutItemCommandInput,
  QueryCommandInput,
  ScanCommandInput,
  TransactGetItemsCommandInput,
  TransactWriteItemsCommandInput,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { dynalite, type DynaliteStore, type Item, type ParsedRequest } from '../dynalite-parts.ts';
import { consumed, consumedBy, groupBy } from './consumed.ts';
import { conditionFailed, noSuchTable, validationError } from './errors.ts';
import { checkedValues, parse } from './expressions.ts';
import { itemBytes, MAX_ITEM_BYTES, readUnits, writeUnits } from './item-size.ts';
import { readPage } from './pages.ts';
import { apply, type PlannedWrite } from './planned-write.ts';
import { keyOf, Table } from './table.ts';
import { transactGet, TransactionTokens, transactWrite } from './transactions.ts';

/** Keys of BatchGetItem, requests of BatchWriteItem: Amazon DynamoDB Developer Guide, "Quotas". */
const BATCH_GETS = 100;
const BATCH_WRITES = 25;
/** Bytes that BatchGetItem answers with at most. */
const BATCH_GET_BYTES = 16 * 2 ** 20;

/** Of a batch, how much is done: the rest comes back as unprocessed. */
export type Part = 'whole' | 'half';

/** DynamoDB in memory: it answers the inputs of the SDK's commands. Nothing in it waits. */
export class DynamoDbServer {
  readonly #tables: Map<string, Table>;
  readonly #tokens: TransactionTokens;
  readonly #nowMs: () => number;

  constructor(nowMs: () => number, tables = new Map<string, Table>(), tokens = new TransactionTokens()) {
    this.#nowMs = nowMs;
    this.#tables = tables;
    this.#tokens = tokens;
  }

  createTable(name: string): void {
    this.#tables.set(name, new Table());
  }

  copy(nowMs: () => number): DynamoDbServer {
    const tables = new Map([...this.#tables].map(([name, table]) => [name, table.copy()]));
    return new DynamoDbServer(nowMs, tables, this.#tokens.copy());
  }

  /** @throws ResourceNotFoundException */
  table(name: string | undefined): Table {
    const table = this.#tables.get(name ?? '');
    if (!table) throw noSuchTable(name ?? '');
    return table;
  }

  GetItem({ TableName, Key, ConsistentRead, ReturnConsumedCapacity, ...rest }: GetItemCommandInput) {
    const { pk, sk } = checkedKey(Key);
    const item = this.table(TableName).get(pk, sk);
    const { _projection } = parse(rest as ParsedRequest);
    const units = readUnits(item ? itemBytes(item) : 0, ConsistentRead === true);
    const Shown = item && (_projection ? dynalite.db.mapPaths(_projection['paths'], item) : { ...item });
    return { ...(Shown && { Item: Shown }), ...consumed(ReturnConsumedCapacity, TableName, units) };
  }

  PutItem(input: PutItemCommandInput) {
    const write = this.planPut(input);
    return this.#make(write, input, input.ReturnValues === 'ALL_OLD' ? write.before : undefined);
  }

  DeleteItem(input: DeleteItemCommandInput) {
    const write = this.planDelete(input);
    return this.#make(write, input, input.ReturnValues === 'ALL_OLD' ? write.before : undefined);
  }

  UpdateItem(input: UpdateItemCommandInput) {
    const { attributes, ...write } = this.planUpdate(input);
    return this.#make(write, input, attributes);
  }

  #make(
    write: PlannedWrite,
    { ReturnConsumedCapacity }: Pick<PutItemCommandInput, 'ReturnConsumedCapacity'>,
    Attributes: Item | undefined,
  ) {
    apply(write);
    const units = writeUnits(write.before, write.after);
    return {
      ...(Attributes && { Attributes: { ...Attributes } }),
      ...consumed(ReturnConsumedCapacity, write.tableName, units),
    };
  }

  /** @throws ConditionalCheckFailedException, ValidationException */
  planPut(input: Pick<PutItemCommandInput, 'TableName' | 'Item' | ConditionFields>): PlannedWrite {
    const item = checkedValues(input.Item ?? {});
    const { pk, sk } = checkedKey(item, 'item');
    const { table, before } = this.#checked(input, pk, sk);
    if (itemBytes(item) > MAX_ITEM_BYTES)
      throw validationError('Item size has exceeded the maximum allowed size');
    return { table, tableName: input.TableName!, pk, sk, before, after: item };
  }

  planDelete(input: Pick<DeleteItemCommandInput, 'TableName' | 'Key' | ConditionFields>): PlannedWrite {
    const { pk, sk } = checkedKey(input.Key);
    const { table, before } = this.#checked(input, pk, sk);
    return { table, tableName: input.TableName!, pk, sk, before, after: undefined };
  }

  /** A condition that writes nothing, in a transaction. */
  planCheck(input: Pick<DeleteItemCommandInput, 'TableName' | 'Key' | ConditionFields>): PlannedWrite {
    const write = this.planDelete(input);
    return { ...write, after: write.before };
  }

  planUpdate(
    input: Pick<
      UpdateItemCommandInput,
      'TableName' | 'Key' | 'UpdateExpression' | 'ReturnValues' | ConditionFields
    >,
  ): PlannedWrite & { readonly attributes: Item | undefined } {
    const { pk, sk } = checkedKey(input.Key);
    const { table, before, request } = this.#checked(input, pk, sk);
    const invalid = dynalite.db.validateUpdates(undefined, request._updates, SCHEMA);
    if (invalid) throw validationError(invalid.message);
    let after: Item | undefined;
    let attributes: Item | undefined;
    const key = { pk: { S: pk }, sk: { S: sk } };
    const store = storeOf(before, (item) => (after = item));
    const alone = { ...request, Key: key };
    delete alone._condition;
    dynalite.updateItem(store, alone, (error, answer) => {
      if (error) throw validationError(error.body?.message ?? error.message);
      attributes = answer?.Attributes;
    });
    const plain = Object.fromEntries(Object.entries(after!));
    return { table, tableName: input.TableName!, pk, sk, before, after: plain, attributes };
  }

  #checked(
    input: { readonly TableName: string | undefined; readonly ReturnValuesOnConditionCheckFailure?: unknown },
    pk: string,
    sk: string,
  ) {
    const table = this.table(input.TableName);
    const before = table.get(pk, sk);
    const request = parse(input as ParsedRequest);
    if (dynalite.db.checkConditional(request, before))
      throw conditionFailed(input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? before : undefined);
    return { table, before, request };
  }

  BatchWriteItem(
    { RequestItems = {}, ReturnConsumedCapacity }: BatchWriteItemCommandInput,
    part: Part = 'whole',
  ) {
    const planned = Object.entries(RequestItems).flatMap(([TableName, requests]) =>
      requests.map((request) => ({
        TableName,
        request,
        write: request.PutRequest
          ? this.planPut({ TableName, Item: request.PutRequest.Item })
          : this.planDelete({ TableName, Key: request.DeleteRequest!.Key }),
      })),
    );
    if (planned.length === 0 || planned.length > BATCH_WRITES)
      throw validationError(`a batch has 1 to ${BATCH_WRITES} requests, not ${planned.length}`);
    const names = planned.map(({ TableName, write: { pk, sk } }) => `${TableName}\n${pk}\n${sk}`);
    if (new Set(names).size < names.length)
      throw validationError('Provided list of item keys contains duplicates');
    const done = planned.slice(0, part === 'half' ? Math.floor(planned.length / 2) : planned.length);
    for (const { write } of done) apply(write);
    return {
      UnprocessedItems: groupBy(planned.slice(done.length), ({ TableName, request }) => [TableName, request]),
      ...consumedBy(
        ReturnConsumedCapacity,
        done.map(({ TableName, write: { before, after } }) => [TableName, writeUnits(before, after)]),
      ),
    };
  }

  BatchGetItem(
    { RequestItems = {}, ReturnConsumedCapacity }: BatchGetItemCommandInput,
    part: Part = 'whole',
  ) {
    const wanted = Object.entries(RequestItems).flatMap(([TableName, { Keys = [], ConsistentRead }]) =>
      Keys.map((Key) => ({ TableName, Key, ConsistentRead: ConsistentRead === true, ...checkedKey(Key) })),
    );
    if (wanted.length === 0 || wanted.length > BATCH_GETS)
      throw validationError(`a batch has 1 to ${BATCH_GETS} keys, not ${wanted.length}`);
    if (new Set(wanted.map(({ TableName, pk, sk }) => `${TableName}\n${pk}\n${sk}`)).size < wanted.length)
      throw validationError('Provided list of item keys contains duplicates');
    let bytes = 0;
    const most = part === 'half' ? Math.floor(wanted.length / 2) : wanted.length;
    const read = wanted.map((one, i) => {
      const item = this.table(one.TableName).get(one.pk, one.sk);
      const size = item ? itemBytes(item) : 0;
      const isRead = i < most && (bytes += size) <= BATCH_GET_BYTES;
      return { ...one, item, isRead, units: readUnits(size, one.ConsistentRead) };
    });
    const done = read.filter(({ isRead }) => isRead);
    const left = groupBy(
      read.filter(({ isRead }) => !isRead),
      ({ TableName, Key }) => [TableName, Key],
    );
    const unprocessed = Object.entries(left).map(([TableName, Keys]) => [
      TableName,
      { ...RequestItems[TableName], Keys },
    ]);
    const none = Object.fromEntries(Object.keys(RequestItems).map((TableName) => [TableName, [] as Item[]]));
    return {
      Responses: {
        ...none,
        ...groupBy(
          done.filter(({ item }) => item),
          ({ TableName, item }) => [TableName, { ...item! }],
        ),
      },
      UnprocessedKeys: Object.fromEntries(unprocessed) as NonNullable<
        BatchGetItemCommandInput['RequestItems']
      >,
      ...consumedBy(
        ReturnConsumedCapacity,
        done.map(({ TableName, units }) => [TableName, units]),
      ),
    };
  }

  Query(input: QueryCommandInput) {
    const request = parse(input as ParsedRequest);
    const items = this.table(input.TableName);
    return readPage(items, request, input);
  }

  Scan(input: ScanCommandInput) {
    return readPage(this.table(input.TableName), parse(input as ParsedRequest), input);
  }

  TransactWriteItems(input: TransactWriteItemsCommandInput) {
    return transactWrite(this, this.#tokens, input, this.#nowMs());
  }

  TransactGetItems(input: TransactGetItemsCommandInput) {
    return transactGet(this, input);
  }
}

type ConditionFields =
  | 'ConditionExpression'
  | 'ExpressionAttributeNames'
  | 'ExpressionAttributeValues'
  | 'ReturnValuesOnConditionCheckFailure';

/** @throws ValidationException for a key that is none, or has more to it. */
function checkedKey(key: Item | undefined, of: 'key' | 'item' = 'key') {
  const isKey = key?.['pk']?.S !== undefined && key['sk']?.S !== undefined;
  if (!isKey || (of === 'key' && Object.keys(key).length > 2))
    throw validationError('The provided key element does not match the schema');
  const { pk, sk } = keyOf(key);
  if (pk === '' || sk === '')
    throw validationError('One or more parameter values are not valid: a key cannot be an empty string');
  return { pk, sk };
}

const SCHEMA = {
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
};

/** A store of one item, for dynalite's update. */
const storeOf = (item: Item | undefined, put: (item: Item) => void): DynaliteStore => ({
  options: { maxItemSize: MAX_ITEM_BYTES },
  getTable: (_name, done) => done(null, SCHEMA),
  getItemDb: () => ({
    lock: (_key, use) => use((done) => done),
    get: (_key, done) =>
      item ? done(null, item) : done(Object.assign(new Error('none'), { name: 'NotFoundError' })),
    put(_key, after, done) {
      put(after);
      done(null);
    },
  }),
});
