import { describe, expect, it } from 'vitest';
import { imageIdOf, type TenantId } from '../../lib/domain/ids.ts';
import { isAbout } from '../world/call.ts';
import type { Fault } from '../world/faults.ts';
import { begin, factsOf, lifeWithoutFault, nameOf, redrive, walk, work } from './queue-walk.ts';
import { differencesOf } from './compare.ts';
import { observeNeighbour } from './observe.ts';
import { openService } from './open-service.ts';
import { BOTH, SCENARIOS } from './queue-scenarios.ts';
import { readQueueTable } from './queue-table.ts';
import { NEIGHBOUR, TENANT } from './story.ts';

/**
 * A message whose work fails for ever, in each queue of the template: how often and for how long it is tried, what lies in the
 * dead letters then, who waits for it meanwhile, and what comes of it when the fault has ended and it is sent again.
 */

/** What the SDK's own attempts add at most to all deliveries of a message. */
const ATTEMPTS_SEC = 30;
/** How much later a message comes back that was in work when its process ended, or failed, among others (docs/reliability.md). */
const APART_SEC = 120;

const promises = await readQueueTable();
const { topology } = (await openService()).world;
/** Without the name of the stack, as the documentation calls it. */
const titleOf = (name: string) => name.replace(/^Gloss-/, '');
const QUEUES = topology.mappings.map(({ queueUrl }) => nameOf(queueUrl));
const fromS3 = new Set(
  topology.buckets.flatMap(({ notifications }) => notifications.map(({ queueUrl }) => nameOf(queueUrl))),
);

it('there is a scenario and a promise for each queue that has a worker, and for no other', () => {
  const titles = QUEUES.map(titleOf).sort();
  expect(Object.keys(SCENARIOS).sort()).toEqual(titles);
  expect([...promises.keys()].sort()).toEqual(titles);
});

/** With the neighbour, and without: messages of one batch share the end of their worker. */
const WAYS: readonly (readonly [
  name: string,
  fault: Fault,
  tenants: readonly TenantId[],
  until: 'failingSec' | 'goneSec',
])[] = [
  ['whose call fails for ever', 'before', BOTH, 'failingSec'],
  ['whose worker is gone each time', 'dies before', [TENANT], 'goneSec'],
];

describe.each(QUEUES)('a message of %s', (queue) => {
  it.each(WAYS)('%s', async (_name, fault, tenants, until) => {
    const scenario = SCENARIOS[titleOf(queue)]!;
    const promised = promises.get(titleOf(queue))!;
    const expected = await lifeWithoutFault(scenario, tenants);
    const life = await begin(scenario);
    const { world, scene } = life;
    world.mishapOf = (call) =>
      call.place === scenario.failingPlace && isAbout(call, TENANT) ? fault : undefined;
    await work(life, scenario, tenants);
    const { tried, buried } = await walk(life, queue);

    expect(buried).toHaveLength(scenario.letters ?? 1);
    for (const { message, atMs } of buried) {
      const { body, group, deliveries } = tried.get(message.messageId)!;
      expect(deliveries).toHaveLength(promised.deliveries);
      const tookSec = (atMs - deliveries[0]!) / 1000;
      expect(tookSec).toBeGreaterThanOrEqual(promised[until]);
      const apartSec = buried.length > 1 ? APART_SEC * (promised.deliveries - 1) : 0;
      expect(tookSec).toBeLessThan(promised[until] + apartSec + ATTEMPTS_SEC);
      expect(message).toMatchObject({ body, group });
      // S3 cannot say of which tenant its events are.
      expect(group).toBe(fromS3.has(queue) ? undefined : TENANT);
    }
    const ofNeighbour = [...tried.values()].filter(({ body }) => body.includes(NEIGHBOUR));
    expect(ofNeighbour.length > 0).toBe(tenants.includes(NEIGHBOUR) || scenario.workOfAll !== undefined);
    for (const { deliveries } of ofNeighbour) expect(deliveries).toHaveLength(1);
    expect(await observeNeighbour(world, life.notes)).toEqual({ neighbour: expected['neighbour'] });
    if (scenario.imageMeanwhile) {
      const { name, status } = scenario.imageMeanwhile;
      expect(await scene.ask(TENANT, 'GET', `/v1/images/${imageIdOf(TENANT, name)}`)).toMatchObject({
        status,
      });
    }
    // Otherwise nothing would have failed.
    expect(differencesOf(expected, await factsOf(life, scenario))).toContain('dead letters');

    world.mishapOf = () => undefined;
    redrive(world, queue);
    await scene.service.settle();
    const found = await factsOf(life, scenario);
    expect(differencesOf(expected, found).map((name) => [name, expected[name], found[name]])).toEqual([]);
  });
});
