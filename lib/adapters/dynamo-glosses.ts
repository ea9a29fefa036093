import { createHash } from 'node:crypto';
import { GetItemCommand, UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Gloss } from '../domain/gloss.ts';
import type { ImageId, ImageState, Sequencer, TenantId } from '../domain/ids.ts';
import { isUnreadable, type OnUnreadable } from '../domain/unreadable.ts';
import type { DescribeRun, Glosses, KeptAnswer, StoredGloss } from '../ports/glosses.ts';
import type { Clock } from '../ports/runtime.ts';
import { batchGet, batchWrite, keyOf, type Item } from './dynamo-batch.ts';
import { conditionally, dynamo } from './dynamo-errors.ts';
import { queryAll } from './dynamo-query.ts';
import { deleteIf, newWriter, putIf, revisionIs, type Condition } from './own-writes.ts';
import { pkValue, tenantPartition } from './partitions.ts';
import { answerIn, glossIn } from './gloss-item.ts';
import { readableAgain } from './stored-json.ts';

const GLOSS_SK = 'gloss';
const ANSWERS = 'answer/';
/** Longer than any message stays in a queue and its dead letters (at most 14 days in SQS). Who waits for longer has them kept. */
const ANSWERS_KEPT_SEC = 15 * 24 * 3600;

const partition = (tenant: TenantId, imageId: ImageId) => tenantPartition(tenant, 'gloss', imageId);

/** Answers of one run share a key prefix that names everything they depend on. */
function answersPrefix({ sequencer, origin }: DescribeRun): string {
  const made = JSON.stringify([origin.model, origin.promptVersion, origin.cropPolicy]);
  return `${ANSWERS}${sequencer}/${createHash('sha256').update(made).digest('hex').slice(0, 16)}/`;
}

/** A gloss as an item, for whoever writes it together with others. */
export function glossItem(tenant: TenantId, gloss: Gloss): Item {
  const item: Item = {
    ...keyOf({ pk: partition(tenant, gloss.imageId), sk: GLOSS_SK }),
    sequencer: { S: gloss.sequencer },
    gloss: { S: JSON.stringify(gloss) },
    ...(gloss.people && { people: { BOOL: true } }),
  };
  return readableAgain(item, glossIn(gloss.imageId, item));
}

/** The condition that no gloss of a later state is there. One that does not say of which state it is is in nobody's way. */
const isUpTo = (sequencer: Sequencer): Condition => ({
  expression: 'attribute_not_exists(pk) OR sequencer <= :upTo OR NOT attribute_type(sequencer, :text)',
  values: { ':upTo': { S: sequencer }, ':text': { S: 'S' } },
});

/** The same for words of the model alone: what people have changed of the same state stays. */
const isUpToUnchanged = (sequencer: Sequencer): Condition => ({
  expression:
    'attribute_not_exists(pk) OR sequencer < :upTo OR NOT attribute_type(sequencer, :text) OR (sequencer = :upTo AND attribute_not_exists(people))',
  values: { ':upTo': { S: sequencer }, ':text': { S: 'S' } },
});

/** The condition that no other gloss is there. */
const isOf = (sequencer: Sequencer): Condition => ({
  expression: 'attribute_not_exists(pk) OR sequencer = :of',
  values: { ':of': { S: sequencer } },
});

/**
 * Glosses in the images table: pk `<tenant>/gloss/<image>`, sk `gloss` or `answer/<state>/<origin>/<view>`.
 * @param onUnreadable hears of each gloss that was read and cannot be
 */
export function dynamoGlosses(
  client: DynamoDBClient,
  table: string,
  clock: Clock,
  onUnreadable: OnUnreadable = () => undefined,
): Glosses {
  const itemsUnder = (tenant: TenantId, imageId: ImageId, prefix: string) =>
    queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': pkValue(partition(tenant, imageId)), ':prefix': { S: prefix } },
      ConsistentRead: true,
    });

  async function getMany(
    tenant: TenantId,
    imageIds: readonly ImageId[],
    options: { readonly consistent: boolean },
  ): Promise<Map<ImageId, StoredGloss>> {
    const keys = imageIds.map((imageId) => ({ pk: partition(tenant, imageId), sk: GLOSS_SK }));
    const items = await batchGet(client, table, keys, options);
    const glosses = new Map<ImageId, StoredGloss>();
    for (const [i, item] of items.entries()) {
      if (!item) continue;
      const gloss = glossIn(imageIds[i]!, item);
      if (isUnreadable(gloss)) onUnreadable(gloss);
      glosses.set(imageIds[i]!, gloss);
    }
    return glosses;
  }

  return {
    async saveAnswer(tenant, run, answer) {
      const sk = answersPrefix(run) + String(answer.view.index).padStart(3, '0');
      const Key = keyOf({ pk: partition(tenant, run.imageId), sk });
      const keptAs = newWriter();
      const item: Item = {
        ...Key,
        answer: { S: JSON.stringify(answer) },
        keptAs,
        expiresAtSec: { N: String(Math.floor(clock.nowMs() / 1000) + ANSWERS_KEPT_SEC) },
      };
      const mine = { answer, keptAs: keptAs.S };
      if (await putIf(client, table, item, revisionIs(0))) return mine;
      const request = new GetItemCommand({ TableName: table, Key, ConsistentRead: true });
      const there = (await dynamo(client.send(request))).Item;
      return (there && answerIn(there)) ?? mine;
    },

    async loadAnswers(tenant, run) {
      const answers = new Map<number, KeptAnswer>();
      for await (const item of itemsUnder(tenant, run.imageId, answersPrefix(run))) {
        const kept = answerIn(item);
        if (kept) answers.set(kept.answer.view.index, kept);
      }
      return answers;
    },

    async keepAnswers(tenant, run, untilMs) {
      const endSec = { N: String(Math.ceil(untilMs / 1000) + ANSWERS_KEPT_SEC) };
      for await (const { pk, sk } of itemsUnder(tenant, run.imageId, answersPrefix(run)))
        await conditionally(
          client.send(
            new UpdateItemCommand({
              TableName: table,
              Key: { pk: pk!, sk: sk! },
              UpdateExpression: 'SET expiresAtSec = :end',
              ConditionExpression: 'attribute_exists(pk)',
              ExpressionAttributeValues: { ':end': endSec },
            }),
          ),
        );
    },

    async save(tenant, gloss) {
      // A slow description of an earlier picture must not overwrite the gloss of a later one.
      await putIf(client, table, glossItem(tenant, gloss), isUpToUnchanged(gloss.sequencer));
    },

    getMany: (tenant, imageIds) => getMany(tenant, imageIds, { consistent: true }),

    async ofStates(tenant, states) {
      const early = await getMany(
        tenant,
        states.map(({ imageId }) => imageId),
        { consistent: false },
      );
      const isTooEarly = ({ imageId, sequencer }: ImageState) => {
        const gloss = early.get(imageId);
        return !gloss || (!isUnreadable(gloss) && gloss.sequencer < sequencer);
      };
      const again = states.filter(isTooEarly).map(({ imageId }) => imageId);
      if (again.length === 0) return early;
      const later = await getMany(tenant, again, { consistent: true });
      return new Map([...Array.from(early).filter(([imageId]) => !again.includes(imageId)), ...later]);
    },

    async remove(tenant, imageId, upTo, { isExact = false } = {}) {
      const key = keyOf({ pk: partition(tenant, imageId), sk: GLOSS_SK });
      await deleteIf(client, table, key, isExact ? isOf(upTo) : isUpTo(upTo));
      const deletes = [];
      for await (const item of itemsUnder(tenant, imageId, ANSWERS)) {
        // '0' sorts right after the '/' that ends the sequencer in a key.
        if (item['sk']!.S! >= `${ANSWERS}${upTo}0`) break;
        deletes.push({ DeleteRequest: { Key: { pk: item['pk']!, sk: item['sk']! } } });
      }
      await batchWrite(client, table, deletes);
    },
  };
}
