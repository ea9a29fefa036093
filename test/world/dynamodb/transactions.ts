import {
  ConditionalCheckFailedException,
  type CancellationReason,
  type TransactGetItemsCommandInput,
  type TransactWriteItem,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { cancelled, tokenMismatch, validationError } from './errors.ts';
import { writeUnits } from './item-size.ts';
import { consumedBy } from './consumed.ts';
import { apply, type PlannedWrite } from './planned-write.ts';
import type { DynamoDbServer } from './server.ts';

/** Amazon DynamoDB Developer Guide, "Managing complex workflows with DynamoDB transactions". */
const MAX_ACTIONS = 100;
const TOKEN_LIVES_MS = 10 * 60_000;
/** Each item is written and read twice: to prepare the transaction, and to commit it. */
const ROUNDS = 2;

/** What transactions of the last ten minutes wrote, by their tokens. */
export class TransactionTokens {
  readonly #seen: Map<string, { readonly request: string; readonly untilMs: number }>;

  constructor(seen = new Map<string, { readonly request: string; readonly untilMs: number }>()) {
    this.#seen = seen;
  }

  copy(): TransactionTokens {
    return new TransactionTokens(new Map(this.#seen));
  }

  /** Whether this was done already. @throws IdempotentParameterMismatchException */
  isDone(token: string, request: string, nowMs: number): boolean {
    const before = this.#seen.get(token);
    if (!before || before.untilMs <= nowMs) return false;
    if (before.request !== request) throw tokenMismatch();
    return true;
  }

  keep(token: string, request: string, nowMs: number): void {
    this.#seen.set(token, { request, untilMs: nowMs + TOKEN_LIVES_MS });
  }
}

/** All of it or nothing: every condition is looked at before anything is written. */
export function transactWrite(
  server: DynamoDbServer,
  tokens: TransactionTokens,
  { TransactItems = [], ClientRequestToken: token, ReturnConsumedCapacity }: TransactWriteItemsCommandInput,
  nowMs: number,
) {
  if (TransactItems.length === 0 || TransactItems.length > MAX_ACTIONS)
    throw validationError(`a transaction has 1 to ${MAX_ACTIONS} actions, not ${TransactItems.length}`);
  const request = JSON.stringify(TransactItems);
  if (token !== undefined && tokens.isDone(token, request, nowMs)) return {};
  const reasons: CancellationReason[] = [];
  const writes: PlannedWrite[] = [];
  for (const item of TransactItems) {
    try {
      writes.push(plan(server, item));
      reasons.push({ Code: 'None' });
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      reasons.push({
        Code: 'ConditionalCheckFailed',
        Message: error.message,
        ...(error.Item && { Item: error.Item }),
      });
    }
  }
  const names = TransactItems.map(nameOf);
  if (new Set(names).size < names.length)
    throw validationError('Transaction request cannot include multiple operations on one item');
  if (reasons.some(({ Code }) => Code !== 'None')) throw cancelled(reasons);
  for (const write of writes) apply(write);
  if (token !== undefined) tokens.keep(token, request, nowMs);
  return consumedBy(
    ReturnConsumedCapacity,
    writes.map(({ tableName, before, after }) => [tableName, ROUNDS * writeUnits(before, after)]),
  );
}

function plan(
  server: DynamoDbServer,
  { Put, Update, Delete, ConditionCheck }: TransactWriteItem,
): PlannedWrite {
  if (Put) return server.planPut(Put);
  if (Update) return server.planUpdate(Update);
  if (Delete) return server.planDelete(Delete);
  if (ConditionCheck) return server.planCheck(ConditionCheck);
  throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
}

function nameOf({ Put, Update, Delete, ConditionCheck }: TransactWriteItem): string {
  const { pk, sk } = Put?.Item ?? (Update ?? Delete ?? ConditionCheck)!.Key!;
  return JSON.stringify([(Put ?? Update ?? Delete ?? ConditionCheck)!.TableName, pk, sk]);
}

export function transactGet(
  server: DynamoDbServer,
  { TransactItems = [], ReturnConsumedCapacity }: TransactGetItemsCommandInput,
) {
  if (TransactItems.length === 0 || TransactItems.length > MAX_ACTIONS)
    throw validationError(`a transaction has 1 to ${MAX_ACTIONS} actions, not ${TransactItems.length}`);
  const read = TransactItems.map(({ Get }) => {
    const { Item, ConsumedCapacity } = server.GetItem({
      ...Get!,
      ConsistentRead: true,
      ReturnConsumedCapacity: 'TOTAL',
    });
    return { table: Get!.TableName!, Item, units: ROUNDS * ConsumedCapacity!.CapacityUnits! };
  });
  return {
    Responses: read.map(({ Item }) => (Item ? { Item } : {})),
    ...consumedBy(
      ReturnConsumedCapacity,
      read.map(({ table, units }) => [table, units]),
    ),
  };
}
