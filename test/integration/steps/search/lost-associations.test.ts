import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTemporaryIndex, type TemporaryIndex } from '../../../../infra/local/temporary-index.ts';
import type { Gloss } from '../../../../lib/domain/gloss.ts';
import { imageIdOf, parseTenantId, sequencerAfter, type SegmentId } from '../../../../lib/domain/ids.ts';
import type { Unreadable } from '../../../../lib/domain/unreadable.ts';
import { associationBucketOf, associationBuckets } from '../../../../lib/index/segment/associations.ts';
import type { SegmentEntry } from '../../../../lib/index/segment/manifest.ts';
import { associationsKey } from '../../../../lib/index/segment/sort-keys.ts';
import { segmentOfGlosses } from '../../../../lib/index/write/segment-of-glosses.ts';
import { parseQuery } from '../../../../lib/query/syntax/parse-query.ts';
import { importedGloss } from '../../../../lib/steps/images/import-documents.ts';
import { search, type SearchDeps } from '../../../../lib/steps/search/search.ts';
import { ENGLISH } from '../../../../lib/text/analyzer.ts';
import { randomOf } from '../../../support/random.ts';

/** What goes with a word is stored beside the words. Where it is lost, glosses tell as much: searches answer, and the operator hears. */

const TENANT = parseTenantId('associated');
/** From so many on a segment has associations. */
const DOCUMENTS = 4_200;
const SEGMENT = 'segment-1' as SegmentId;
const BUCKET = associationsKey(associationBucketOf('oven', associationBuckets(DOCUMENTS)));

let store: TemporaryIndex;
let deps: SearchDeps;
let entry: SegmentEntry;
let body: Uint8Array;
let heard: Unreadable[];
const key = { pk: { S: `${TENANT}/segment/${SEGMENT}` }, sk: { S: BUCKET } };

beforeAll(async () => {
  store = await openTemporaryIndex();
  const random = randomOf(16);
  const kitchens = ['an oven beside a stove', 'a stove and a kettle', 'an oven with a kettle', 'a kettle'];
  const others = ['a boat on the sea', 'a tree in a park', 'a street at night', 'a horse'];
  const glosses = Array.from({ length: DOCUMENTS }, (_, i): Gloss => {
    const text = `${random.pick(i % 4 === 0 ? kitchens : others)}, number ${i}`;
    return importedGloss(
      { id: `${i}`, tags: [], captions: [text] },
      imageIdOf(TENANT, `${i}`),
      sequencerAfter(undefined, i + 1),
    );
  });
  const byId = new Map(glosses.map((gloss) => [gloss.imageId, gloss]));
  const writing = segmentOfGlosses(SEGMENT, glosses, ENGLISH);
  const items = [];
  let step = writing.next();
  for (; !step.done; step = writing.next()) items.push(step.value);
  await store.deps.segments.write(TENANT, SEGMENT, items);
  entry = step.value;
  body = items.find(({ sk }) => sk === BUCKET)!.body;
  await store.deps.manifests.commit(TENANT, { version: 1, segments: [entry], merges: [] });
  const glossesOf = (ids: readonly Gloss['imageId'][]) =>
    Promise.resolve(new Map(ids.map((id) => [id, byId.get(id)!])));
  deps = {
    ...store.deps,
    records: { getMany: () => Promise.resolve(new Map()) },
    glosses: {
      getMany: (_, ids) => glossesOf(ids),
      ofStates: (_, states) => glossesOf(states.map(({ imageId }) => imageId)),
    },
    onUnreadable: () => (item) => heard.push(item),
  };
}, 120_000);
afterAll(() => store.close());
beforeEach(async () => {
  heard = [];
  await store.client.send(new PutItemCommand({ TableName: 'index', Item: { ...key, body: { B: body } } }));
});

const lose = () => store.client.send(new DeleteItemCommand({ TableName: 'index', Key: key }));
const ask = () => search(deps, TENANT, { query: parseQuery('oven'), limit: 5, likely: true, related: true });
const saysOf = ({ likely }: Awaited<ReturnType<typeof ask>>) =>
  likely!.map(({ gloss }) => gloss.views[0]!.caption);

it('nothing is heard while they are there', async () => {
  const captions = saysOf(await ask());
  expect(captions).toHaveLength(5);
  for (const caption of captions) expect(caption).toMatch(/stove|kettle/);
  expect(heard).toEqual([]);
});

it.each([
  ['lost', lose, /item a\/\d{8} is missing/],
  [
    'damaged',
    () =>
      store.client.send(
        new PutItemCommand({ TableName: 'index', Item: { ...key, body: { B: body.with(9, body[9]! ^ 1) } } }),
      ),
    /checksum/,
  ],
])(
  'a search answers without those that are %s, with likely pictures, and says so to the operator',
  async (_, harm, reason) => {
    const whole = await ask();
    await harm();
    const found = await ask();
    const hitsOf = ({ hits, total }: typeof whole) => [
      total,
      hits.map(({ imageId, score }) => [imageId, score]),
    ];
    expect(hitsOf(found)).toEqual(hitsOf(whole));
    for (const caption of saysOf(found)) expect(caption).toMatch(/stove|kettle/);
    expect(found.likely).toHaveLength(5);
    expect(found.related!.words.map(({ word }) => word)).toContain('stove');
    expect(heard).toEqual([expect.objectContaining({ what: 'associations', id: TENANT })]);
    expect(heard[0]!.reason).toMatch(reason);
  },
);

it('what a merge replaced meanwhile is no loss', async () => {
  await lose();
  const manifests: SearchDeps['manifests'] = {
    ...deps.manifests,
    read: async (tenant) => {
      const manifest = await deps.manifests.read(tenant);
      reads += 1;
      const renamed = manifest.segments.map((segment) => ({ ...segment, id: 'segment-2' as SegmentId }));
      return reads === 1 ? manifest : { ...manifest, segments: renamed };
    },
  };
  let reads = 0;
  const query = parseQuery('oven');
  const { likely } = await search({ ...deps, manifests }, TENANT, { query, limit: 5, likely: true });
  expect(likely).toHaveLength(5);
  expect(heard).toEqual([]);
});
