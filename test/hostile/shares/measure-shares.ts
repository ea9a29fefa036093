/**
 * How long a picture of one tenant takes from the upload until it is searchable, alone and beside a tenant that loads:
 * `node test/hostile/shares/measure-shares.ts [SMALL] [LARGE]`. The embedded stack, whose functions are processes of their own. Prints a table.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLocalStack } from '../../../infra/local/local-stack.ts';
import { embeddedTenants, makeTenantKey } from '../../../lib/cli/service/tenant-keys.ts';
import { imageIdOf, parseTenantId } from '../../../lib/domain/ids.ts';
import { postForm, type FormTarget } from '../../support/post-form.ts';

const SMALL = Number(process.argv[2] ?? 10_000);
const LARGE = Number(process.argv[3] ?? 200);
const UPLOADS = 9;
const PICTURE = readFileSync(new URL('../../fixtures/samples/chelsea.jpg', import.meta.url));

const dataDir = mkdtempSync(join(tmpdir(), 'gloss-shares-'));
const stack = await startLocalStack({ dataDir, port: 0 });
const tenants = embeddedTenants(stack.tenantsEnvironment());
const newKey = (name: string) => makeTenantKey(tenants, parseTenantId(name));

async function ask<T>(key: string, path: string, body: unknown): Promise<T> {
  for (;;) {
    const response = await fetch(`${stack.apiUrl}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.status === 429 || response.status === 503) await sleep(200);
    else if (response.ok) return (await response.json()) as T;
    else throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }
}

/** From the upload until the picture is searchable. */
async function upload(key: string, name: string): Promise<number> {
  const files = [{ name, bytes: PICTURE.length, contentType: 'image/jpeg' }];
  const { uploads } = await ask<{ uploads: (FormTarget & { id: string })[] }>(key, '/v1/uploads', { files });
  const startMs = performance.now();
  await postForm(uploads[0]!, new Uint8Array(PICTURE));
  for (;;) {
    const { images } = await ask<{ images: { status: string }[] }>(key, '/v1/images/status', {
      ids: [uploads[0]!.id],
    });
    if (images[0]?.status === 'searchable') return performance.now() - startMs;
    await sleep(50);
  }
}

interface Load {
  /** Id of its last document. */
  readonly last: string;
  /** Documents of one request. */
  readonly requests: Iterable<readonly { readonly id: string; readonly texts: readonly string[] }[]>;
}

function* small(): Load['requests'] {
  for (let first = 0; first < SMALL; first += 100)
    yield Array.from({ length: Math.min(100, SMALL - first) }, (_, i) => ({
      id: `small-${first + i}`,
      texts: [`a dog beside a red car, number ${first + i}, in front of a house with a garden`],
    }));
}
function* large(): Load['requests'] {
  for (let serial = 0; serial < LARGE; serial += 1) {
    const words = Array.from({ length: 12_000 }, (_, i) => `w${serial}x${i.toString(36)}`).join(' ');
    const texts = Array.from({ length: Math.ceil(words.length / 5_000) }, (_, i) =>
      words.slice(5_000 * i, 5_000 * (i + 1)),
    );
    yield [{ id: `large-${serial}`, texts }];
  }
}

let runs = 0;
async function run(load?: Load): Promise<{ medianMs: number; slowestMs: number; waiting: string }> {
  const run = (runs += 1);
  const key = await newKey(`neighbour-${run}`);
  const loadersKey = await newKey(`loader-${run}`);
  const loading = (async () => {
    for (const documents of load?.requests ?? []) await ask(loadersKey, '/v1/documents', { documents });
  })();
  if (load) await sleep(3_000);
  const times: number[] = [];
  for (let i = 0; i < UPLOADS; i += 1) times.push(await upload(key, `${run}-${i}.jpg`));
  const { images } = await ask<{ images: { status: string }[] }>(loadersKey, '/v1/images/status', {
    ids: [imageIdOf(parseTenantId(`loader-${run}`), load?.last ?? 'none')],
  });
  const waiting = load && images[0]?.status !== 'searchable' ? 'yes' : 'no';
  await loading;
  times.sort((a, b) => a - b);
  return { medianMs: times[Math.floor(times.length / 2)]!, slowestMs: times.at(-1)!, waiting };
}

/** What a neighbour may wait, in times of what it waits alone (docs/adr/0083-fair-shares.md). */
const MOST_TIMES = 2;

await run(); // loads what is loaded once
const alone = await run();
console.log(
  '| beside it | median s | slowest s | ratio of medians | ratio of slowest | load still not indexed at the end |',
);
console.log('| --- | --- | --- | --- | --- | --- |');
let slowest = 0;
const row = (name: string, { medianMs, slowestMs, waiting }: typeof alone) => {
  slowest = Math.max(slowest, medianMs / alone.medianMs);
  console.log(
    `| ${[name, (medianMs / 1000).toFixed(2), (slowestMs / 1000).toFixed(2), (medianMs / alone.medianMs).toFixed(2), (slowestMs / alone.slowestMs).toFixed(2), waiting].join(' | ')} |`,
  );
};
row('nobody', alone);
row(`${SMALL} documents`, await run({ last: `small-${SMALL - 1}`, requests: small() }));
row(
  `${LARGE} documents of 95 KB of distinct words`,
  await run({ last: `large-${LARGE - 1}`, requests: large() }),
);
await stack.close();
rmSync(dataDir, { recursive: true });
process.exit(slowest > MOST_TIMES ? 1 : 0);
