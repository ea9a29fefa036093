/**
 * The embedded stack is killed again and again while a client imports: `node test/faults/measure-kills.ts [DOCUMENTS] [KILLS] [SEED]`.
 * Prints a table of what is there at the end. Fails if anything is stuck, lost or there twice.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { embeddedTenants, makeOperatorKey, makeTenantKey } from '../../lib/cli/service/tenant-keys.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { randomOf } from '../support/random.ts';
import { firstLine, kill, startNode, type NodeProcess } from '../support/start-node.ts';

const DOCUMENTS = Number(process.argv[2] ?? 5_000);
const KILLS = Number(process.argv[3] ?? 20);
const SEED = Number(process.argv[4] ?? 1);
const A_REQUEST = 20;
/** From the moment the stack answers until it is killed: from before the first work until after several commits. */
const LIVES_MS = { least: 200, most: 6_000 };
/** Without any progress; longer than every wait of a queue. */
const STUCK_MS = 1_200_000;
const TENANT = parseTenantId('imports');

const random = randomOf(SEED);
const dataDir = mkdtempSync(join(tmpdir(), 'gloss-kills-'));
const child = join(import.meta.dirname, '../e2e/run-local-stack.ts');
let stack: NodeProcess | undefined;
let apiUrl = '';
let environment: unknown;

async function start(): Promise<void> {
  const started = startNode([child, dataDir]);
  stack = started;
  const told = JSON.parse(await firstLine(started)) as { apiUrl: string; environment: unknown };
  ({ apiUrl, environment } = told);
}

interface Asked {
  readonly key: string;
  readonly path: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

/** Asks until there is an answer that is final, whoever is killed meanwhile. */
async function ask<T>({ key, path, body, idempotencyKey }: Asked): Promise<T> {
  for (;;) {
    const answer = await fetch(`${apiUrl}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
      .then(async (response) => ({ status: response.status, text: await response.text() }))
      .catch(() => ({ status: 503, text: '' }));
    const mayPass = answer.status >= 500 || answer.status === 429 || answer.text.includes('"under_way"');
    if (!mayPass && answer.status >= 400) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    if (!mayPass) return JSON.parse(answer.text) as T;
    await sleep(200);
  }
}

await start();
const key = await makeTenantKey(embeddedTenants(environment), TENANT);
const operator = await makeOperatorKey(embeddedTenants(environment));

/** Each has a word that no other has, and one that all have. */
const documentOf = (serial: number) => ({ id: `poem-${serial}`, tags: [`word${serial}`, 'poem'] });

async function importAll(): Promise<void> {
  for (let first = 0; first < DOCUMENTS; first += A_REQUEST) {
    const documents = Array.from({ length: Math.min(A_REQUEST, DOCUMENTS - first) }, (_, i) =>
      documentOf(first + i),
    );
    await ask({ key, path: '/v1/documents', body: { documents }, idempotencyKey: `from-${first}` });
    // So that the last kill comes before the last document.
    while (kills < KILLS && first + A_REQUEST > ((kills + 1) / KILLS) * DOCUMENTS) await sleep(50);
  }
}

let kills = 0;
const importing = importAll();
while (kills < KILLS) {
  await sleep(LIVES_MS.least + random.fraction() * (LIVES_MS.most - LIVES_MS.least));
  await kill(stack!, 'SIGKILL');
  kills += 1;
  await start();
}
await importing;

interface Usage {
  readonly stored: { readonly images: number };
}
interface Found {
  readonly total: number;
  readonly hits: readonly { readonly name: string }[];
}
const found = (q: string) => ask<Found>({ key, path: `/v1/search?q=${q}` });

const begunMs = performance.now();
let searchable = 0;
for (let progressMs = performance.now(); ;) {
  const { total } = await found('poem');
  if (total > searchable) progressMs = performance.now();
  searchable = total;
  if (searchable >= DOCUMENTS || performance.now() - progressMs > STUCK_MS) break;
  await sleep(1_000);
}
const restSec = (performance.now() - begunMs) / 1000;

interface Status {
  readonly images: readonly { readonly name: string; readonly status: string }[];
  readonly cursor?: string;
}
async function listAll(): Promise<{ readonly names: readonly string[]; readonly stuck: number }> {
  const names: string[] = [];
  let open = 0;
  for (let cursor = ''; ;) {
    const page = await ask<Status>({ key, path: `/v1/images?limit=100${cursor && `&cursor=${cursor}`}` });
    names.push(...page.images.map(({ name }) => name));
    open += page.images.filter(({ status }) => status !== 'searchable').length;
    if (page.cursor === undefined) return { names, stuck: open };
    ({ cursor } = page);
  }
}
// What was committed when its worker was killed is found at once; its record says so when the message has come again.
let { names, stuck } = await listAll();
for (const sinceMs = performance.now(); stuck > 0 && performance.now() - sinceMs < STUCK_MS;) {
  await sleep(10_000);
  ({ names, stuck } = await listAll());
}
const { stored } = await ask<Usage>({ key, path: '/v1/usage' });
let wrong = 0;
for (let serial = 0; serial < DOCUMENTS; serial += 1) {
  const { hits } = await found(`word${serial}`);
  if (hits.length !== 1 || hits[0]!.name !== `poem-${serial}`) wrong += 1;
}
interface Check {
  readonly differences: readonly unknown[];
  readonly cursor?: string;
}
const differences: unknown[] = [];
for (let cursor = ''; ;) {
  const path = `/v1/tenants/${TENANT}/index/check${cursor && `?cursor=${cursor}`}`;
  const page = await ask<Check>({ key: operator, path });
  differences.push(...page.differences);
  if (page.cursor === undefined) break;
  ({ cursor } = page);
}
await kill(stack!, 'SIGKILL');
rmSync(dataDir, { recursive: true });

console.log(`| documents | kills | seed | searchable | stuck | stored, as counted | words that do not find their document | differences | s after the last kill |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| ${[DOCUMENTS, kills, SEED, searchable, stuck, stored.images, wrong, differences.length, restSec.toFixed(0)].join(' | ')} |`);
assert.deepEqual(
  {
    searchable,
    stuck,
    stored: stored.images,
    names: new Set(names).size,
    listed: names.length,
    wrong,
    differences,
  },
  {
    searchable: DOCUMENTS,
    stuck: 0,
    stored: DOCUMENTS,
    names: DOCUMENTS,
    listed: DOCUMENTS,
    wrong: 0,
    differences: [],
  },
);
process.exit(0);
