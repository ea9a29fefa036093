import { beforeAll, expect, it } from 'vitest';
import { faultsOf } from '../world/faults.ts';
import { MEANWHILES, Rig, type Place, type Plan } from './rig.ts';
import { singleFaults, spread, surprisesOf } from './trials.ts';

/** The life of a tenant whose model is away for a call: what waits goes on by itself, and all ends as without a fault, whatever else fails. */

const { GLOSS_FAULTS = '22' } = process.env;
const COUNT = GLOSS_FAULTS === 'all' ? Infinity : Number(GLOSS_FAULTS);

let rig: Rig;
/** Calls of the model. */
let asked: readonly Place[];
beforeAll(async () => {
  rig = await Rig.open();
  asked = rig.places.filter(({ operation }) => operation === 'Converse');
});

it('ends the same after a call of the model has failed', async () => {
  expect(asked.length).toBeGreaterThan(5);
  const runs = spread(singleFaults(asked), COUNT).map((plan) => [plan]);
  expect(await surprisesOf(rig, runs)).toEqual([]);
});

it('ends the same where another call fails while a picture waits', async () => {
  const [{ name }] = asked as [Place, ...Place[]];
  const away: Plan = { name, kind: 'throttled' };
  const { places, differences } = await rig.run([away]);
  expect(differences).toEqual([]);
  const known = new Set(rig.places.map((place) => place.name));
  const waiting = places.filter((place) => !known.has(place.name));
  // It was listed, woken and taken off the list.
  for (const place of ['describe PutItem Images waiting', 'sweep SendMessageBatch Describe'])
    expect(waiting.map((one) => one.place)).toContain(place);
  const plans = waiting.flatMap((place) =>
    [...faultsOf(place.operation, place.size), ...MEANWHILES].map((kind) => ({ name: place.name, kind })),
  );
  const runs = spread(plans, COUNT).map((plan) => [away, plan]);
  expect(await surprisesOf(rig, runs)).toEqual([]);
});
