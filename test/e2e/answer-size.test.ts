import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { hugeGloss, hugeImports } from '../support/huge-gloss.ts';
import { startService } from '../support/service.ts';

/** A hundred images with as many words as an image may have: all that was taken comes out again. */

const LAMBDA_BYTES = 6 * 1024 * 1024;
const IMAGES = 100;
let service: Awaited<ReturnType<typeof startService>>;
let key: string;
beforeAll(async () => {
  service = await startService();
  const limits = { requestsPerSec: 1_000, burst: 10_000 };
  key = await service.keys.create(parseTenantId('huge'), undefined, { limits });
});
afterAll(() => service.close());

/** Bytes of the answer as the function hands it over. */
async function ask(path: string): Promise<unknown> {
  const { status, text, json } = await service.request('GET', path, key);
  expect(status, path).toBe(200);
  expect(Buffer.byteLength(JSON.stringify(text)), path).toBeLessThan(LAMBDA_BYTES);
  return json;
}

it('is listed, shown, searched and exported', async () => {
  expect(Buffer.byteLength(JSON.stringify(hugeGloss(99).views))).toBeGreaterThan(89_000);
  for (const body of hugeImports(IMAGES))
    expect((await service.request('POST', '/v1/documents', key, body)).status).toBe(202);
  await service.indexAll();

  const all = 'explain=true&likely=true&related=true&limit=100';
  const { hits } = (await ask(`/v1/search?q=sky&${all}`)) as { hits: { id: string; cut?: true }[] };
  expect(hits).toHaveLength(IMAGES);
  expect(hits.filter(({ cut }) => cut).length).toBeGreaterThan(0);
  const query = encodeURIComponent('sk* w1* n1* n2* tag:sky "sky"');
  await ask(`/v1/search?q=${query}&${all}`);
  await ask(`/v1/images/${hits[0]!.id}`);
  await ask('/v1/images?limit=100');
  await ask('/v1/words?prefix=w&limit=20');

  const exported: string[] = [];
  let pages = 0;
  for (let cursor = ''; ; pages += 1) {
    const page = (await ask(`/v1/export${cursor}`)) as {
      documents: { id: string; gloss: { views: unknown[] } }[];
      cursor?: string;
    };
    for (const { id, gloss } of page.documents) {
      expect(gloss.views).toEqual(hugeGloss(Number(id)).views);
      exported.push(id);
    }
    if (page.cursor === undefined) break;
    cursor = `?cursor=${encodeURIComponent(page.cursor)}`;
  }
  expect(pages).toBeGreaterThan(1);
  expect(exported.toSorted()).toEqual(Array.from({ length: IMAGES }, (_, i) => `${i}`).toSorted());
});
