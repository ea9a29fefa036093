import { createHash } from 'node:crypto';
import { DeleteItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Gloss, ViewGloss } from '../domain/gloss.ts';
import type { ImageId, TenantId } from '../domain/ids.ts';
import type { DescribeRun, Glosses } from '../ports/glosses.ts';
import type { Clock } from '../ports/runtime.ts';
import { batchGet, batchWrite, keyOf, type Item } from './dynamo-batch.ts';
import { conditionally, dynamo } from './dynamo-errors.ts';
import { queryAll } from './dynamo-query.ts';
import { tenantPartition } from './partitions.ts';

const GLOSS_SK = 'gloss';
const ANSWERS = 'answer/';
/** Longer than any message stays in a queue and its dead letters (at most 14 days in SQS). */
const ANSWERS_KEPT_SEC = 15 * 24 * 3600;

const partition = (tenant: TenantId, imageId: ImageId) => tenantPartition(tenant, 'gloss', imageId);

/** Answers of one run share a key prefix that names everything they depend on. */
function answersPrefix({ sequencer, origin }: DescribeRun): string {
  const made = JSON.stringify([origin.model, origin.promptVersion, origin.cropPolicy]);
  return `${ANSWERS}${sequencer}/${createHash('sha256').update(made).digest('hex').slice(0, 16)}/`;
}

/** Glosses in the images table: pk `<tenant>/gloss/<image>`, sk `gloss` or `answer/<state>/<origin>/<view>`. */
export function dynamoGlosses(client: DynamoDBClient, table: string, clock: Clock): Glosses {
  const itemsUnder = (tenant: TenantId, imageId: ImageId, prefix: string) =>
    queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': { S: partition(tenant, imageId) }, ':prefix': { S: prefix } },
      ConsistentRead: true,
    });

  return {
    async saveAnswer(tenant, run, answer) {
      const sk = answersPrefix(run) + String(answer.view.index).padStart(3, '0');
      const Item: Item = {
        ...keyOf({ pk: partition(tenant, run.imageId), sk }),
        answer: { S: JSON.stringify(answer) },
        expiresAtSec: { N: String(Math.floor(clock.nowMs() / 1000) + ANSWERS_KEPT_SEC) },
      };
      await dynamo(client.send(new PutItemCommand({ TableName: table, Item })));
    },

    async loadAnswers(tenant, run) {
      const answers = new Map<number, ViewGloss>();
      for await (const item of itemsUnder(tenant, run.imageId, answersPrefix(run))) {
        const answer = JSON.parse(item['answer']!.S!) as ViewGloss;
        answers.set(answer.view.index, answer);
      }
      return answers;
    },

    async save(tenant, gloss) {
      const Item: Item = {
        ...keyOf({ pk: partition(tenant, gloss.imageId), sk: GLOSS_SK }),
        sequencer: { S: gloss.sequencer },
        gloss: { S: JSON.stringify(gloss) },
      };
      // A slow description of an earlier picture must not overwrite the gloss of a later one.
      await conditionally(
        client.send(
          new PutItemCommand({
            TableName: table,
            Item,
            ConditionExpression: 'attribute_not_exists(pk) OR sequencer <= :sequencer',
            ExpressionAttributeValues: { ':sequencer': { S: gloss.sequencer } },
          }),
        ),
      );
    },

    async getMany(tenant, imageIds) {
      const keys = imageIds.map((imageId) => ({ pk: partition(tenant, imageId), sk: GLOSS_SK }));
      const items = await batchGet(client, table, keys, { consistent: true });
      const glosses = items
        .filter((item) => item !== undefined)
        .map((item) => JSON.parse(item['gloss']!.S!) as Gloss);
      return new Map(glosses.map((gloss) => [gloss.imageId, gloss]));
    },

    async remove(tenant, imageId, upTo) {
      await conditionally(
        client.send(
          new DeleteItemCommand({
            TableName: table,
            Key: keyOf({ pk: partition(tenant, imageId), sk: GLOSS_SK }),
            ConditionExpression: 'attribute_not_exists(pk) OR sequencer <= :upTo',
            ExpressionAttributeValues: { ':upTo': { S: upTo } },
          }),
        ),
      );
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
