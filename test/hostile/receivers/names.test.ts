import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { httpWebhooks } from '../../../lib/adapters/http-webhooks.ts';
import { webhookSecret } from '../../../lib/domain/webhook-secrets.ts';
import { eventually } from '../../support/eventually.ts';

/** Receivers whose name server is hostile: it never answers, or leads into our own network by an alias. */

const clock = { nowMs: () => Date.now() };
const secrets = [webhookSecret('ab'.repeat(32))];
const asked = new Set<string>();
let server: Socket;
let nameServers: string[];

/** Labels of a name, each after its length (RFC 1035, 3.1). */
const encoded = (name: string) =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);
const POINTER_TO_QUESTION = Buffer.from([0xc0, 12]);
const answer = (name: Buffer, type: number, data: Buffer) =>
  Buffer.concat([name, Buffer.from([0, type, 0, 1, 0, 0, 0, 1, 0, data.length]), data]);
const ADDRESSES: Readonly<Record<string, readonly number[]>> = { good: [127, 0, 0, 1], alias: [10, 0, 0, 1] };

beforeAll(async () => {
  server = createSocket('udp4', (query, { port, address }) => {
    const first = query
      .subarray(13, 13 + query[12]!)
      .toString()
      .toLowerCase();
    asked.add(first);
    const to = ADDRESSES[first];
    if (!to) return; // never
    const end = query.indexOf(0, 12) + 5;
    const isA = query[end - 3] === 1;
    const target = encoded('inside.example');
    const answers = !isA
      ? []
      : first === 'alias'
        ? [answer(POINTER_TO_QUESTION, 5, target), answer(target, 1, Buffer.from(to))]
        : [answer(POINTER_TO_QUESTION, 1, Buffer.from(to))];
    const head = Buffer.from([query[0]!, query[1]!, 0x81, 0x80, 0, 1, 0, answers.length, 0, 0, 0, 0]);
    server.send(Buffer.concat([head, query.subarray(12, end), ...answers]), port, address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  nameServers = [`127.0.0.1:${server.address().port}`];
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

it('names that hang do not hold up one that resolves, and end with their calls', async () => {
  const receiver = createServer((_, response) => response.writeHead(204).end()).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const port = (receiver.address() as AddressInfo).port;
  const webhooks = httpWebhooks(clock, { allowLocal: true, deadlineMs: 5_000, nameServers });
  const ended: string[] = [];
  const hanging = Array.from({ length: 8 }, async (_, i) => {
    const url = `http://hang-${i}.example/`;
    const call = webhooks.send({ url, secrets }, 'id', '{}');
    await expect(call).rejects.toMatchObject({
      message: expect.stringMatching(/has a name that does not resolve|did not answer within 5 s/) as string,
    });
    ended.push(url);
  });
  await eventually(() => expect(asked.size).toBeGreaterThanOrEqual(8));
  await webhooks.send({ url: `http://good.example:${port}/`, secrets }, 'id', '{}');
  expect(ended).toEqual([]);
  await Promise.all(hanging);
  receiver.close();
});

it('an alias of an address in our own network is not connected to', async () => {
  const webhooks = httpWebhooks(clock, { nameServers });
  await expect(webhooks.send({ url: 'https://alias.example/', secrets }, 'id', '{}')).rejects.toMatchObject({
    message: 'the webhook has a name that leads to no address on the internet',
  });
  expect(asked).toContain('alias');
});
