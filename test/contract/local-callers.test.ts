import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBedrock } from '../../infra/local/bedrock/server.ts';
import { startDynamoDb } from '../../infra/local/servers/dynamodb-server.ts';
import { startSqs } from '../../infra/local/servers/sqs-server.ts';

/** What a web page in a browser on this machine can reach of the servers that check no signatures: nothing. */

interface Server {
  readonly endpoint: string;
  close(): Promise<void>;
}
const servers = new Map<string, Server>();
beforeAll(async () => {
  // Bedrock answers before its model is asked, so it needs none here.
  const forwardTo = { baseUrl: 'http://127.0.0.1:9/v1', model: 'none' };
  servers.set('DynamoDB', await startDynamoDb());
  servers.set('SQS', await startSqs({}));
  servers.set('Bedrock', await startBedrock({ forwardTo }));
});
afterAll(async () => {
  for (const server of servers.values()) await server.close();
});

function statusOf(endpoint: string, method: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(endpoint, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    })
      .on('error', reject)
      .end(method === 'POST' ? '{}' : undefined);
  });
}

test.each(['DynamoDB', 'SQS', 'Bedrock'])('%s answers programs, and no page of any origin', async (name) => {
  const { endpoint } = servers.get(name)!;
  const { host } = new URL(endpoint);
  expect(await statusOf(endpoint, 'POST', { host })).not.toBe(403);
  expect(await statusOf(endpoint, 'POST', { host, origin: 'http://evil.example' })).toBe(403);
  expect(await statusOf(endpoint, 'POST', { host, origin: 'null' })).toBe(403);
  expect(await statusOf(endpoint, 'OPTIONS', { host, origin: 'http://evil.example' })).toBe(403);
  expect(await statusOf(endpoint, 'POST', { host: 'evil.example' })).toBe(403);
  expect(await statusOf(endpoint, 'POST', { host: '127.0.0.1.evil.example:80' })).toBe(403);
});
