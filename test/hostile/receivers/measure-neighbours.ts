/**
 * How long news of a tenant takes beside a neighbour whose receiver is hostile: `node test/hostile/receivers/measure-neighbours.ts`.
 * The handlers on the embedded servers, the queue worked through by as many workers as the template has. Prints a table.
 */
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import { startEventSource } from '../../../infra/local/event-source.ts';
import { REGION } from '../../../infra/local/physical-names.ts';
import { parseTenantId } from '../../../lib/domain/ids.ts';
import { startService } from '../../support/service.ts';

const WORKERS = 20; // infra/notifications.ts
const NEIGHBOURS_NEWS = 20;
const EVERY_MS = 400;
/** Documents that the hostile tenant imports. */
const LOADS = [15, 200];

type Behave = (socket: Socket) => void;
/** What a receiver does when a request has arrived; undefined: nobody listens at the address. */
const KINDS: Readonly<Record<string, Behave | string>> = {
  'answers at once': (socket) => void socket.end('HTTP/1.1 204 Fine\r\n\r\n'),
  'answers 101': (socket) =>
    void socket.write('HTTP/1.1 101 Switch\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
  'endless body': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    const more = setInterval(() => socket.write('z'.repeat(1_000)), 1);
    socket.on('close', () => clearInterval(more));
  },
  'never answers': () => undefined,
  'answers 200 after 4.9 s': (socket) => void setTimeout(() => socket.end('HTTP/1.1 200 OK\r\n\r\n'), 4_900),
  'refuses connections': 'http://127.0.0.1:1/',
  'has no name': 'http://nowhere.invalid/',
};

async function startHostile(behave: Behave): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => behave(socket));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;

const service = await startService();
const heardAtMs = new Map<string, number>();
const good = createHttpServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += String(chunk)));
  request.on('end', () => {
    const { data } = JSON.parse(body) as { data: { name: string } };
    if (!heardAtMs.has(data.name)) heardAtMs.set(data.name, Date.now());
    response.writeHead(204).end();
  });
}).listen(0, '127.0.0.1');
await once(good, 'listening');

async function tenantAt(name: string, url: string) {
  const key = await service.keys.create(parseTenantId(name), undefined, {
    limits: { requestsPerSec: 1_000, burst: 10_000 },
  });
  await service.request('PUT', '/v1/webhook', key, { url });
  return async (...ids: readonly string[]) => {
    for (let i = 0; i < ids.length; i += 100) {
      const documents = ids.slice(i, i + 100).map((id) => ({ id, texts: ['x'] }));
      const { status } = await service.request('POST', '/v1/documents', key, { documents });
      if (status > 299) throw new Error(`import: ${status}`);
    }
  };
}

let runs = 0;
async function run(kind: string | undefined, load: number): Promise<number[]> {
  const name = `run-${(runs += 1)}`;
  const behave = kind === undefined ? undefined : KINDS[kind]!;
  const server = typeof behave === 'function' ? await startHostile(behave) : undefined;
  const url = typeof behave === 'string' ? behave : server && `http://127.0.0.1:${portOf(server)}/`;
  const neighbour = await tenantAt(`${name}-good`, `http://127.0.0.1:${portOf(good)}/`);
  const sqs = new SQSClient({});
  await service.drainNotifyQueue();
  const source = startEventSource({
    sqs,
    mapping: {
      queueUrl: process.env['NOTIFY_QUEUE_URL']!,
      queueArn: 'arn:aws:sqs:us-east-1:000000000000:Notify',
      functionId: 'NotifyFunction',
      batchSize: 1,
      windowMs: 0,
      reportsFailures: true,
      maxConcurrency: WORKERS,
    },
    region: REGION,
    maxConcurrency: WORKERS,
    invoke: (event) => service.notify({ Records: [...event.Records] }),
    log: (line) => console.error(line),
  });
  if (url !== undefined) {
    const hostile = await tenantAt(`${name}-bad`, url);
    await hostile(...Array.from({ length: load }, (_, i) => `bad-${i}`));
  }
  const sentAtMs = new Map<string, number>();
  for (let i = 0; i < NEIGHBOURS_NEWS; i += 1) {
    const id = `${name}-news-${i}`;
    sentAtMs.set(id, Date.now());
    await neighbour(id);
    await sleep(EVERY_MS);
  }
  while ([...sentAtMs.keys()].some((id) => !heardAtMs.has(id))) await sleep(50);
  await source.close();
  sqs.destroy();
  server?.close();
  return [...sentAtMs].map(([id, atMs]) => heardAtMs.get(id)! - atMs).sort((a, b) => a - b);
}

const figures = (delays: readonly number[]) => ({
  medianMs: delays[Math.floor(delays.length / 2)]!,
  slowestMs: delays.at(-1)!,
});

await run(undefined, 0); // loads what is loaded once
const alone = figures(await run(undefined, 0));
console.log('| neighbour | its documents | median s | slowest s | ratio of medians | ratio of slowest |');
console.log('| --- | --- | --- | --- | --- | --- |');
const row = (kind: string, load: number, { medianMs, slowestMs }: typeof alone) =>
  console.log(
    `| ${[kind, load, (medianMs / 1000).toFixed(2), (slowestMs / 1000).toFixed(2), (medianMs / alone.medianMs).toFixed(2), (slowestMs / alone.slowestMs).toFixed(2)].join(' | ')} |`,
  );
row('none', 0, alone);
for (const load of LOADS)
  for (const kind of Object.keys(KINDS)) row(kind, load, figures(await run(kind, load)));
good.close();
await service.close();
process.exit(0);
