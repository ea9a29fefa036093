import { DeleteItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Unreadable, type OnUnreadable } from '../domain/unreadable.ts';
import type { EndedKey, EndedKeys } from '../ports/ended-keys.ts';
import { keyOf, type Item } from './dynamo-batch.ts';
import { conditionally, dynamo } from './dynamo-errors.ts';
import { queryPage } from './dynamo-query.ts';
import { globalPartition } from './partitions.ts';

const HASH = /^[0-9a-f]{64}$/;
const isHash = (sk: string): sk is EndedKey['hash'] => HASH.test(sk);

/**
 * In the images table: pk `_ended`, sk the hash of the key. A write unit a key.
 * @param onUnreadable hears of each that was read and cannot be; it stays, and ends nothing
 */
export function dynamoEndedKeys(
  client: DynamoDBClient,
  table: string,
  onUnreadable: OnUnreadable = () => undefined,
): EndedKeys {
  const pk = globalPartition('ended');
  const read = (item: Item): EndedKey | Unreadable => {
    const hash = item['sk']!.S!;
    const [endsAtMs, recordedAtMs] = ['endsAtMs', 'recordedAtMs'].map((name) => Number(item[name]?.N));
    return Number.isFinite(endsAtMs) && Number.isFinite(recordedAtMs)
      ? { hash, endsAtMs: endsAtMs!, recordedAtMs: recordedAtMs! }
      : new Unreadable('ended', hash, 'its times are no numbers');
  };

  return {
    async add({ hash, endsAtMs, recordedAtMs }) {
      await conditionally(
        client.send(
          new PutItemCommand({
            TableName: table,
            Item: {
              ...keyOf({ pk, sk: hash }),
              endsAtMs: { N: String(endsAtMs) },
              recordedAtMs: { N: String(recordedAtMs) },
            },
            ConditionExpression: 'attribute_not_exists(pk) OR NOT endsAtMs <= :endsAtMs',
            ExpressionAttributeValues: { ':endsAtMs': { N: String(endsAtMs) } },
          }),
        ),
      );
    },

    async list(page) {
      const onStrange = (sk: string) => {
        onUnreadable(new Unreadable('ended', sk, 'its key is no hash'));
      };
      const { items, next } = await queryPage(client, table, { pk, ...page, isKey: isHash, onStrange });
      const ended: EndedKey[] = [];
      for (const item of items) {
        const one = read(item);
        if (one instanceof Unreadable) onUnreadable(one);
        else ended.push(one);
      }
      return next === undefined ? { ended } : { ended, next };
    },

    async remove(hash) {
      await dynamo(client.send(new DeleteItemCommand({ TableName: table, Key: keyOf({ pk, sk: hash }) })));
    },
  };
}
