import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTemporaryIndex, type TemporaryIndex } from '../../../infra/local/temporary-index.ts';
import { cachingGlosses } from '../../../lib/adapters/caching-glosses.ts';
import { CapacityMeter } from '../../../lib/domain/capacity-meter.ts';
import { imageIdOf, parseSequencer, parseTenantId } from '../../../lib/domain/ids.ts';
import { importedGloss } from '../../../lib/steps/images/import-documents.ts';

const tenant = parseTenantId('acme');
const [first, second, later] = ['01', '02', '03'].map(parseSequencer) as [never, never, never];
const idOf = (name: string) => imageIdOf(tenant, name);
const glossOf = (name: string, text: string, sequencer = first) =>
  importedGloss({ id: name, texts: [text] }, idOf(name), sequencer);

const meter = new CapacityMeter();
let store: TemporaryIndex;
beforeAll(async () => {
  store = await openTemporaryIndex({ meter });
});
afterAll(() => store.close());

const unitsOf = async <T>(work: () => Promise<T>): Promise<readonly [T, number]> => {
  const before = meter.snapshot();
  const result = await work();
  return [result, meter.since(before).readUnits];
};
const captionsOf = (glosses: ReadonlyMap<unknown, unknown>) =>
  [...glosses.values()].map((gloss) => (gloss as ReturnType<typeof glossOf>).views[0]!.caption);

it('reads the words of a state once, for half a unit, and knows them from then on', async () => {
  const glosses = cachingGlosses(store.deps.glosses, 2 ** 20);
  for (const name of ['a', 'b']) await glosses.save(tenant, glossOf(name, `${name} cat`));
  const states = ['a', 'b'].map((name) => ({ imageId: idOf(name), sequencer: first }));
  const [read, units] = await unitsOf(() => glosses.ofStates(tenant, states));
  expect([captionsOf(read), units]).toEqual([['a cat', 'b cat'], 1]);
  const [known, more] = await unitsOf(() => glosses.ofStates(tenant, states));
  expect([captionsOf(known), more]).toEqual([['a cat', 'b cat'], 0]);
});

it('takes words that have replaced those of the state, and never for that state again', async () => {
  const glosses = cachingGlosses(store.deps.glosses, 2 ** 20);
  const state = { imageId: idOf('c'), sequencer: first };
  await glosses.save(tenant, glossOf('c', 'a cat'));
  await glosses.save(tenant, glossOf('c', 'a dog', second));
  expect(captionsOf(await glosses.ofStates(tenant, [state]))).toEqual(['a dog']);
  await glosses.save(tenant, glossOf('c', 'a bird', later));
  expect(captionsOf(await glosses.ofStates(tenant, [state]))).toEqual(['a bird']);
});

it('reads what came too early again, and finds nothing of what was removed', async () => {
  const glosses = cachingGlosses(store.deps.glosses, 2 ** 20);
  await glosses.save(tenant, glossOf('d', 'a cat'));
  const wanted = [{ imageId: idOf('d'), sequencer: second }];
  // Half a unit for what is of an earlier state, and one to be sure of it.
  const [found, units] = await unitsOf(() => glosses.ofStates(tenant, wanted));
  expect([captionsOf(found), units]).toEqual([['a cat'], 1.5]);
  await glosses.remove(tenant, idOf('d'), second);
  expect(await glosses.ofStates(tenant, wanted)).toEqual(new Map());
});

it('forgets the least recently used, and keeps tenants apart', async () => {
  const bytes = 3 * JSON.stringify(glossOf('e', 'a cat')).length;
  const glosses = cachingGlosses(store.deps.glosses, bytes);
  const other = parseTenantId('bravo');
  for (const name of ['e', 'f']) await glosses.save(tenant, glossOf(name, 'a cat'));
  const [one, two] = ['e', 'f'].map((name) => ({ imageId: idOf(name), sequencer: first }));
  await glosses.ofStates(tenant, [one!]);
  expect((await unitsOf(() => glosses.ofStates(tenant, [one!])))[1]).toBe(0);
  expect(await glosses.ofStates(other, [one!])).toEqual(new Map());
  await glosses.ofStates(tenant, [two!]);
  expect((await unitsOf(() => glosses.ofStates(tenant, [one!])))[1]).toBe(0.5);
});
