import '../world/environment.ts';
import { describe, expect, it } from 'vitest';
import { imageIdOf, type TenantId } from '../../lib/domain/ids.ts';
import { isAbout } from '../world/call.ts';
import type { Fault } from '../world/faults.ts';
import type { Message } from '../world/sqs-server.ts';
import type { World } from '../world/world.ts';
import { differencesOf } from './compare.ts';
import { observeLife, observeNeighbour, type Facts } from './observe.ts';
import { openService } from './open-service.ts';
import { BOTH, SCENARIOS, type Scenario, type Scene } from './queue-scenarios.ts';
import { readQueueTable } from './queue-table.ts';
import { drawPictures, NEIGHBOUR, TENANT, type Notes } from './story.ts';

/**
 * A message whose work fails for ever, in each queue of the template: how often and for how long it is tried, what lies in the
 * dead letters then, who waits for it meanwhile, and what comes of it when the fault has ended and it is sent again.
 */

/** What the SDK's own attempts add at most to all deliveries of a message. */
const ATTEMPTS_SEC = 30;

const pictures = await drawPictures();
const promises = await readQueueTable();
const { topology } = (await openService()).world;
const nameOf = (url: string) => url.slice(url.lastIndexOf('/') + 1);
/** Without the name of the stack, as the documentation calls it. */
const titleOf = (name: string) => name.replace(/^Gloss-/, '');
const QUEUES = topology.mappings.map(({ queueUrl }) => nameOf(queueUrl));
const fromS3 = new Set(
  topology.buckets.flatMap(({ notifications }) => notifications.map(({ queueUrl }) => nameOf(queueUrl))),
);

const deadLettersOf = (queue: string): string => {
  const { RedrivePolicy } = topology.queues.find(({ name }) => name === queue)!.attributes;
  const { deadLetterTargetArn } = JSON.parse(RedrivePolicy!) as { readonly deadLetterTargetArn: string };
  return deadLetterTargetArn.slice(deadLetterTargetArn.lastIndexOf(':') + 1);
};

interface Life {
  readonly world: World;
  readonly scene: Scene;
  readonly notes: Notes;
}

/** Two tenants, and what the scenario needs to be there. */
async function begin({ settings, before }: Scenario): Promise<Life> {
  const { world, service, operator, ask, makeTenant } = await openService();
  const keys = new Map<string, string>([['operator', operator]]);
  for (const tenant of BOTH) keys.set(tenant, await makeTenant(tenant, settings));
  const scene: Scene = {
    service,
    pictures,
    ask: async (by, method, path, body) => {
      const { status, json } = await ask(method, path, keys.get(by)!, body);
      expect(status, `${method} ${path}`).toBeLessThan(300);
      return (json ?? {}) as Readonly<Record<string, unknown>>;
    },
  };
  for (const tenant of BOTH) await before?.(scene, tenant);
  await service.settle();
  const key = keys.get(TENANT)!;
  const neighbourKey = keys.get(NEIGHBOUR)!;
  const notes = { operatorKey: operator, key, keyId: '', oldKey: key, neighbourKey, answers: {} };
  return { world, scene, notes };
}

async function work({ scene }: Life, scenario: Scenario, tenants: readonly TenantId[]): Promise<void> {
  if (scenario.workOfAll) await scenario.workOfAll(scene);
  for (const tenant of tenants) await scenario.work?.(scene, tenant);
}

async function factsOf({ world, scene, notes }: Life, { look }: Scenario): Promise<Facts> {
  const seen = { ...(await observeLife(world, notes)), ...(await observeNeighbour(world, notes)) };
  return { ...seen, 'what the scenario looks at': await look?.(scene) };
}

async function lifeWithoutFault(scenario: Scenario, tenants: readonly TenantId[]): Promise<Facts> {
  const life = await begin(scenario);
  await work(life, scenario, tenants);
  await life.scene.service.settle();
  return factsOf(life, scenario);
}

/** A message as it was sent, and when it was delivered, in ms of the world. */
interface Tried {
  readonly body: string;
  readonly group: string | undefined;
  readonly deliveries: number[];
}

interface Walk {
  /** All messages of the queue, by id. */
  readonly tried: ReadonlyMap<string, Tried>;
  readonly buried: readonly { readonly message: Message; readonly atMs: number }[];
}

/** Lets all that is in the queues be tried until nothing is left in them but dead letters. */
async function walk({ world, scene: { service } }: Life, queue: string): Promise<Walk> {
  const tried = new Map<string, Tried>();
  const buried: { message: Message; atMs: number }[] = [];
  service.onDelivery = ({ mapping, event }) => {
    if (nameOf(mapping.queueUrl) !== queue) return;
    for (const { messageId, body, attributes } of event.Records) {
      const group = attributes.MessageGroupId;
      const one = tried.get(messageId) ?? { body, group, deliveries: [] };
      tried.set(messageId, one);
      one.deliveries.push(world.time.nowMs());
    }
  };
  await service.settle(() => {
    for (const message of world.sqs.messages(deadLettersOf(queue)))
      if (!buried.some((other) => other.message.messageId === message.messageId))
        buried.push({ message, atMs: world.time.nowMs() });
  });
  return { tried, buried };
}

/** As StartMessageMoveTask does: the messages are new ones. */
function redrive({ sqs }: World, queue: string): void {
  const dead = sqs.urlOf(deadLettersOf(queue));
  for (;;) {
    const [message] = sqs.ReceiveMessage({ QueueUrl: dead, MaxNumberOfMessages: 1 }).Messages;
    if (!message) return;
    const { MessageGroupId } = message.Attributes;
    sqs.SendMessage({ QueueUrl: sqs.urlOf(queue), MessageBody: message.Body, MessageGroupId });
    sqs.DeleteMessage({ QueueUrl: dead, ReceiptHandle: message.ReceiptHandle });
  }
}

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
      expect(tookSec).toBeLessThan(promised[until] + ATTEMPTS_SEC);
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
