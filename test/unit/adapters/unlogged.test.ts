import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { unlogged } from '../../../lib/adapters/unlogged.ts';

it('takes out what the SDK logs by, and nothing else', () => {
  const names = (client: DynamoDBClient) => client.middlewareStack.identify();
  const whole = names(new DynamoDBClient({ region: 'us-east-1' }));
  expect(whole).toContain('loggerMiddleware - initialize');
  expect(names(unlogged(new DynamoDBClient({ region: 'us-east-1' })))).toEqual(
    whole.filter((name) => name !== 'loggerMiddleware - initialize'),
  );
});
