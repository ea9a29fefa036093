import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { itemTableRequest } from '../../infra/local/item-table-request.ts';
import { startDynamoDb } from '../../infra/local/servers/dynamodb-server.ts';

/** A server with one empty table named `table` for the tests of a file; its client is there when they run. */
export function useDynamoTable(): { readonly client: DynamoDBClient } {
  let client: DynamoDBClient | undefined;
  let server: Awaited<ReturnType<typeof startDynamoDb>>;
  beforeAll(async () => {
    server = await startDynamoDb({});
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    client = new DynamoDBClient({ endpoint: server.endpoint, region: 'us-east-1', credentials });
    await client.send(itemTableRequest('table'));
  });
  afterAll(async () => {
    client?.destroy();
    await server.close();
  });
  return {
    get client() {
      if (!client) throw new Error('the table is there when tests run');
      return client;
    },
  };
}
