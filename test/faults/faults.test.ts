import { appendFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { interleavings, randomPairs, singleFaults, spread, surprisesOf } from './trials.ts';
import type { Facts } from './observe.ts';
import { Rig, type Plan } from './rig.ts';

/**
 * The life of a tenant is played in a world in which calls fail, and its end is compared with that of a life without faults.
 * `npm run test:faults` tries every call with every fault; here is a slice of it.
 *
 * | variable           | means                                                                         |
 * | ------------------ | ----------------------------------------------------------------------------- |
 * | GLOSS_FAULTS       | how many single faults and interleavings of each are tried; `all` for all     |
 * | GLOSS_FAULT_PAIRS  | how many pairs of faults that both come                                       |
 * | GLOSS_FAULT_SEED   | which pairs                                                                   |
 * | GLOSS_FAULT_REPORT | a file that gets a line of JSON for each run: what went wrong, what differed  |
 */
const {
  GLOSS_FAULTS = '22',
  GLOSS_FAULT_PAIRS = '4',
  GLOSS_FAULT_SEED = '1',
  GLOSS_FAULT_REPORT,
} = process.env;
const COUNT = GLOSS_FAULTS === 'all' ? Infinity : Number(GLOSS_FAULTS);
const IS_SLICE = COUNT !== Infinity;

/** Names of hits, by query. */
function foundBy({ search }: Facts) {
  const answers = search as Readonly<
    Record<string, { readonly hits: readonly (readonly [string, string])[] }>
  >;
  return Object.fromEntries(
    Object.entries(answers).map(([query, { hits }]) => [query, hits.map(([name]) => name)]),
  );
}

let rig: Rig;
/** How often each difference was seen, by the kind of the fault. */
const table = new Map<string, Map<string, number>>();

function note(plans: readonly Plan[], differences: readonly string[], kind: string = plans[0]!.kind): void {
  if (GLOSS_FAULT_REPORT !== undefined)
    appendFileSync(GLOSS_FAULT_REPORT, `${JSON.stringify({ plans, differences })}\n`);
  const row = table.get(kind) ?? new Map<string, number>();
  table.set(kind, row);
  for (const name of ['runs', ...differences]) row.set(name, (row.get(name) ?? 0) + 1);
}

const notePair = (came: readonly Plan[], differences: readonly string[]): void =>
  note(came, differences, came.length === 2 ? 'pairs' : 'pairs of which one came');

beforeAll(async () => {
  if (GLOSS_FAULT_REPORT !== undefined) writeFileSync(GLOSS_FAULT_REPORT, '');
  rig = await Rig.open();
});

describe('the life without faults', () => {
  it('ends with nothing left over, and every promise kept', () => {
    expect(rig.expected).toMatchObject({
      totals: { images: 13, bytes: 306 + 293 + 56 }, // with what was replaced, and what a delete marker covers
      'dead letters': [],
      'dead letters at the end': [],
      'orphan segment': 0,
      'merge claim': 0,
      'index check': [],
      'index check before reindex': [],
      'index check before lost index': [],
      'unknown items': [],
      strays: [],
      reserved: { images: 0, bytes: 0 },
      'reserved before reindex': { images: 0, bytes: 0 },
      'reserved an hour later': { images: 0, bytes: 0 },
      'old key': 401,
      key: 200,
      'tenant at the end': 'deleted',
      'proof is final': true,
      'left behind': { items: 0, objects: 0 },
      'key entrances at the end': 2,
      news: [
        'broken.jpg: image.removed',
        'large.jpg: image.removed',
        'poem-1: image.removed',
        'poem-2: image.searchable',
        'poem-3: image.searchable',
        'poem-4: image.removed',
        'poem-5: image.searchable',
        'small.jpg: image.searchable',
        ...Array.from({ length: 9 }, (_, i) => `verse-${i}: image.searchable`),
      ],
    });
    const { expected } = rig;
    expect(foundBy({ search: expected['search before reindex'] })).toMatchObject({
      river: ['poem-2', 'poem-5'],
      otter: [],
      'lantern OR violin': ['poem-2'],
      'apple OR candle': ['poem-5'],
      'river -candle': ['poem-2', 'poem-5'],
    });
    // Hits of removed images are not shown, so the index shows in the number alone.
    expect(expected['search before reindex']).toMatchObject({ otter: { total: 0 }, river: { total: 2 } });
    expect(foundBy({ search: expected['search before lost index'] })).toEqual(foundBy(expected));
    expect(foundBy(expected)).toMatchObject({
      river: ['poem-2', 'poem-5'],
      otter: [],
      bicycle: ['poem-3'],
      'lantern OR violin': [],
      'apple OR candle': ['poem-2', 'poem-5'],
      'river -candle': ['poem-5'],
    });
    const { neighbour } = rig.expected as { readonly neighbour: Facts };
    expect(neighbour).toMatchObject({ totals: { images: 3, bytes: 293 }, 'index check': [] });
    expect(foundBy(neighbour)).toMatchObject({
      otter: ['poem-1'],
      river: ['poem-9'],
      bicycle: ['small.jpg'],
    });
    const { answers } = rig.expected as { readonly answers: Readonly<Record<string, string>> };
    expect(Object.values(answers).filter((answer) => !answer.startsWith('2'))).toEqual([]);
  });

  it('is the same again, call by call', async () => {
    const again = await rig.replay();
    expect(again.places).toEqual(rig.places);
    expect(again.facts).toEqual(rig.expected);
  });
});

it('ends the same after one fault', async () => {
  const plans = spread(singleFaults(rig.places), COUNT);
  // All are tried, and each once: a list that repeats one would find nothing.
  expect(new Set(plans.map(({ name, kind }) => `${name} ${kind}`)).size).toBe(plans.length);
  expect(plans.length).toBeGreaterThan(20);
  const runs = plans.map((plan) => [plan]);
  expect(await surprisesOf(rig, runs, note)).toEqual([]);
});

it('ends the same, whatever else runs between two calls', async () => {
  const runs = spread(interleavings(rig.places), COUNT).map((plan) => [plan]);
  expect(await surprisesOf(rig, runs, note)).toEqual([]);
});

it('ends the same after two faults', async () => {
  const runs = randomPairs(rig.places, Number(GLOSS_FAULT_SEED));
  expect(await surprisesOf(rig, runs, notePair, Number(GLOSS_FAULT_PAIRS))).toEqual([]);
  for (const [kind, row] of table)
    if (!IS_SLICE) console.log(kind, [...row].map(([name, count]) => `${name}: ${count}`).join(', '));
});
