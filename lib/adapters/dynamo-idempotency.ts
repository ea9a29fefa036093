import { createHash, randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { GetItemCommand, UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Owner, RequestToken } from '../domain/credential.ts';
import { Unreadable, type OnUnreadable } from '../domain/unreadable.ts';
import type { Idempotency } from '../ports/idempotency.ts';
import type { Clock } from '../ports/runtime.ts';
import { keyOf, type Item } from './dynamo-batch.ts';
import { conditionally, dynamo } from './dynamo-errors.ts';
import { putIf } from './own-writes.ts';
import { ownerPartition } from './partitions.ts';

const KEPT_SEC = 24 * 3600;
/** Longer than the API works on a request. After this time the worker that began it is dead. */
const RUNNING_MS = 30_000;
/** Below the 400 KB of an item. */
const MAX_KEPT_BYTES = 350_000;

/** As many as the incarnation of a tenant has. */
const TOKEN_BYTES = 12;

const OWN_CLAIM = 'claim = :claim';

/**
 * Answers by idempotency key, those of a tenant in the images table, those of the operator in the tenants table:
 * pk `<owner>/asked`, sk the SHA-256 of the key. Beginning is one conditional write:
 *
 *     no item, or its day is over          -> begun
 *     an item of another request           -> reused
 *     an item that is running              -> running
 *     an item whose worker is dead         -> begun, under the token of the first attempt
 *     an item that is done                 -> its answer
 *     an item that cannot be read          -> throws: nobody knows what was done
 *
 * Answers are stored compressed: a hundred upload forms are 600 KB that repeat the same session token.
 * @param onUnreadable hears of each item that was read and cannot be
 */
export function dynamoIdempotency(
  client: DynamoDBClient,
  table: string,
  clock: Clock,
  onUnreadable: OnUnreadable = () => undefined,
): Idempotency {
  const keyFor = (owner: Owner, key: string) =>
    keyOf({ pk: ownerPartition(owner, 'asked'), sk: createHash('sha256').update(key).digest('hex') });

  return {
    async begin(owner, key, request) {
      const nowMs = clock.nowMs();
      const claim = randomBytes(9).toString('base64url');
      const itemOf = (token: string) => ({
        ...keyFor(owner, key),
        claim: { S: claim },
        token: { S: token },
        request: { S: request },
        diesAtMs: { N: String(nowMs + RUNNING_MS) },
        expiresAtSec: { N: String(Math.ceil(nowMs / 1000) + KEPT_SEC) },
      });
      const token = randomBytes(TOKEN_BYTES).toString('hex') as RequestToken;
      const began = await putIf(client, table, itemOf(token), {
        // DynamoDB may take days to remove what has expired.
        expression: 'attribute_not_exists(pk) OR expiresAtSec < :nowSec',
        values: { ':nowSec': { N: String(Math.floor(nowMs / 1000)) } },
      });
      if (began) return { state: 'begun', claim, token };
      const stored = new GetItemCommand({ TableName: table, Key: keyFor(owner, key), ConsistentRead: true });
      const { Item } = await dynamo(client.send(stored));
      if (!Item) return { state: 'running' };
      const problem = problemOf(Item);
      if (problem !== undefined) {
        const unreadable = new Unreadable('asked', Item['sk']!.S!, problem);
        onUnreadable(unreadable);
        throw unreadable.error();
      }
      if (Item['request']!.S !== request) return { state: 'reused' };
      const answer = Item['answer']?.B;
      if (answer !== undefined)
        return { state: 'done', answer: { body: opened(answer)!, status: Number(Item['answerStatus']!.N) } };
      if (Number(Item['diesAtMs']!.N) >= nowMs) return { state: 'running' };
      const first = (Item['token']?.S ?? token) as RequestToken;
      const untaken = { expression: `${OWN_CLAIM} AND attribute_not_exists(answer)` };
      const took = await putIf(client, table, itemOf(first), {
        ...untaken,
        values: { ':claim': Item['claim']! },
      });
      return took ? { state: 'begun', claim, token: first } : { state: 'running' };
    },

    async finish(owner, key, claim, { status, body }) {
      const answer = gzipSync(body);
      if (answer.length > MAX_KEPT_BYTES) return this.giveUp(owner, key, claim);
      // Not if another has taken the key over: then its answer counts.
      await conditionally(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyFor(owner, key),
            UpdateExpression: 'SET answer = :body, answerStatus = :status',
            ConditionExpression: OWN_CLAIM,
            ExpressionAttributeValues: {
              ':body': { B: answer },
              ':status': { N: String(status) },
              ':claim': { S: claim },
            },
          }),
        ),
      );
    },

    async giveUp(owner, key, claim) {
      await conditionally(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyFor(owner, key),
            UpdateExpression: 'SET diesAtMs = :past',
            ConditionExpression: OWN_CLAIM,
            ExpressionAttributeValues: { ':past': { N: '0' }, ':claim': { S: claim } },
          }),
        ),
      );
    },
  };
}

/** What is wrong with an item; undefined where it can be read. */
function problemOf({ request, claim, diesAtMs, answer, answerStatus }: Item): string | undefined {
  if (request?.S === undefined) return 'request is no text';
  if (claim?.S === undefined) return 'claim is no text';
  if (diesAtMs?.N === undefined) return 'diesAtMs is no number';
  if (answer === undefined) return undefined;
  if (answerStatus?.N === undefined) return 'answerStatus is no number';
  return answer.B === undefined || opened(answer.B) === undefined
    ? 'answer is not compressed text'
    : undefined;
}

/** An answer as it was kept; undefined where it is damaged. */
function opened(answer: Uint8Array): string | undefined {
  try {
    return gunzipSync(answer).toString();
  } catch {
    return undefined;
  }
}
