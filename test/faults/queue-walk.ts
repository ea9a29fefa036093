import '../world/environment.ts';
import type { Topology } from '../../infra/local/topology.ts';
import type { TenantId } from '../../lib/domain/ids.ts';
import type { Message } from '../world/sqs-server.ts';
import type { World } from '../world/world.ts';
import { observeLife, observeNeighbour, type Facts } from './observe.ts';
import { openService } from './open-service.ts';
import { BOTH, type Scenario, type Scene } from './queue-scenarios.ts';
import { drawPictures, NEIGHBOUR, TENANT, type Notes } from './story.ts';

const pictures = await drawPictures();

/** A new world with the service, and its two tenants. */
export interface Life {
  readonly world: World;
  readonly scene: Scene;
  readonly notes: Notes;
}

/** The end of an address or an ARN. */
export const nameOf = (address: string): string => /[^/:]+$/.exec(address)![0];

/** Makes both tenants, and what the scenario needs to be there. All queues come to rest. */
export async function begin({ settings, before }: Scenario): Promise<Life> {
  const { world, service, operator, ask, makeTenant } = await openService();
  const keys = new Map<string, string>([['operator', operator]]);
  for (const tenant of BOTH) keys.set(tenant, await makeTenant(tenant, settings));
  const scene: Scene = {
    service,
    pictures,
    ask: async (by, method, path, body) => {
      const { status, json } = await ask(method, path, keys.get(by)!, body);
      if (status >= 300) throw new Error(`${method} ${path} is answered by ${status}`);
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

/** Has the work asked for, and does none of it. */
export async function work({ scene }: Life, scenario: Scenario, tenants: readonly TenantId[]): Promise<void> {
  if (scenario.workOfAll) await scenario.workOfAll(scene);
  for (const tenant of tenants) await scenario.work?.(scene, tenant);
}

/** What both tenants have and see, and what the scenario looks at. */
export async function factsOf({ world, scene, notes }: Life, { look }: Scenario): Promise<Facts> {
  const seen = { ...(await observeLife(world, notes)), ...(await observeNeighbour(world, notes)) };
  return { ...seen, 'what the scenario looks at': await look?.(scene) };
}

/** The facts when all is done. */
export async function lifeWithoutFault(scenario: Scenario, tenants: readonly TenantId[]): Promise<Facts> {
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
export async function walk({ world, scene: { service } }: Life, queue: string): Promise<Walk> {
  const tried = new Map<string, Tried>();
  const dead = deadLettersOf(world.topology, queue);
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
  const onRound = () => {
    for (const message of world.sqs.messages(dead))
      if (!buried.some((other) => other.message.messageId === message.messageId))
        buried.push({ message, atMs: world.time.nowMs() });
  };
  // The schedule would ask for ever, and each of its messages be a dead letter.
  await service.settle(onRound, { wakes: false });
  return { tried, buried };
}

function deadLettersOf({ queues }: Topology, queue: string): string {
  const { RedrivePolicy } = queues.find(({ name }) => name === queue)!.attributes;
  return nameOf((JSON.parse(RedrivePolicy!) as { readonly deadLetterTargetArn: string }).deadLetterTargetArn);
}

/** As StartMessageMoveTask does: the messages are new ones. */
export function redrive({ sqs, topology }: World, queue: string): void {
  const dead = sqs.urlOf(deadLettersOf(topology, queue));
  for (;;) {
    const [message] = sqs.ReceiveMessage({ QueueUrl: dead, MaxNumberOfMessages: 1 }).Messages;
    if (!message) return;
    const { MessageGroupId } = message.Attributes;
    sqs.SendMessage({ QueueUrl: sqs.urlOf(queue), MessageBody: message.Body, MessageGroupId });
    sqs.DeleteMessage({ QueueUrl: dead, ReceiptHandle: message.ReceiptHandle });
  }
}
