import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import type { PutEventsCommandInput } from '@aws-sdk/client-eventbridge';
import type { InvokeCommandInput } from '@aws-sdk/client-lambda';
import type { AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import type { S3EventRecord } from 'aws-lambda';
import { concerns } from '../../infra/local/notifications.ts';
import type { Topology } from '../../infra/local/topology.ts';
import { sizeOf, targetOf, type Call } from './call.ts';
import { DynamoDbServer, type Part } from './dynamodb/server.ts';
import { connectionLost, throttled, type Fault } from './faults.ts';
import { putEvents } from './event-bus.ts';
import { invokedFunction } from './invoked-functions.ts';
import { invokeLikeLambda, type Invoked } from './lambda-server.ts';
import { converse } from './model.ts';
import type { Process } from './process.ts';
import { S3Server } from './s3-server.ts';
import { SeededRandom } from './seeded-random.ts';
import { SqsServer } from './sqs-server.ts';
import { assumeRole } from './sts-server.ts';
import { VirtualTime } from './virtual-time.ts';
import type { HeardNews } from './webhook-receiver.ts';

export const SQS_ENDPOINT = 'https://sqs.us-east-1.amazonaws.com';
const START_MS = Date.UTC(2026, 0, 10, 9);

/** What goes wrong with a call: a fault, or something that happens while the call is held. */
export type Mishap = Fault | { readonly meanwhile: () => Promise<void> };

type Servers = Readonly<Record<string, (input: never, part: Part) => unknown>>;

/**
 * The services of AWS that the handlers speak to, their time and their chance, in memory. Everything in it is the same in
 * every run, up to the call that goes wrong.
 */
export class World {
  readonly topology: Topology;
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly dynamoDb: DynamoDbServer;
  readonly sqs: SqsServer;
  readonly s3: S3Server;
  /** What came to the event bus. */
  readonly bus: string[];
  /** What receivers of webhooks have heard, in order. */
  readonly heard: HeardNews[];
  /** Pictures that the model has looked at. */
  modelCalls: number;
  /** Every call so far, in order. */
  readonly calls: Call[] = [];
  readonly #counts: Map<string, number>;
  /** Hears of every change of an object. */
  onObjectEvent: (record: S3EventRecord) => void = () => undefined;
  /** What is called by Lambda's Invoke. */
  functionNamed = (name: string): Invoked | undefined => invokedFunction(this, name);
  /** How long a call takes. */
  callMs = 1;
  /** Says what goes wrong with a call, before its first attempt. */
  mishapOf: (call: Call) => Mishap | undefined = () => undefined;
  readonly #mishaps = new WeakMap<Call, Mishap>();

  constructor(topology: Topology, seed: number, from?: World) {
    this.topology = topology;
    this.time = new VirtualTime(from?.time.nowMs() ?? START_MS);
    this.random = from?.random.copy() ?? new SeededRandom(seed);
    const { nowMs } = this.time;
    this.dynamoDb = from?.dynamoDb.copy(nowMs) ?? new DynamoDbServer(nowMs);
    this.sqs = from?.sqs.copy(nowMs) ?? new SqsServer(nowMs, SQS_ENDPOINT);
    const onEvent = this.#notify.bind(this);
    this.s3 = from?.s3.copy(nowMs, onEvent) ?? new S3Server(nowMs, onEvent);
    this.bus = [...(from?.bus ?? [])];
    this.heard = [...(from?.heard ?? [])];
    this.modelCalls = from?.modelCalls ?? 0;
    this.#counts = new Map(from ? from.#counts : []);
    if (from) return;
    for (const { name } of topology.tables) this.dynamoDb.createTable(name);
    for (const { name, attributes } of topology.queues)
      this.sqs.CreateQueue({ QueueName: name, Attributes: { ...attributes } });
    for (const { name, versioned } of topology.buckets) this.s3.createBucket(name, { versioned });
  }

  /** Another world that goes on from here; nothing may be under way. */
  copy(): World {
    return new World(this.topology, 0, this);
  }

  #notify({ bucket, key, record }: Parameters<ConstructorParameters<typeof S3Server>[1]>[0]): void {
    this.onObjectEvent(record);
    const notifications = this.topology.buckets.find(({ name }) => name === bucket)?.notifications ?? [];
    for (const notification of notifications)
      if (concerns(notification, record.eventName, key))
        this.sqs.SendMessage({
          QueueUrl: notification.queueUrl,
          MessageBody: JSON.stringify({ Records: [record] }),
        });
  }

  /** A process sends a command: its first attempt is still to come. */
  begin(process: Process, service: string, operation: string, input: object): Call {
    const target = targetOf(input as Record<string, unknown>);
    const place = [process.name, operation, target].filter((word) => word !== '').join(' ');
    const count = (this.#counts.get(place) ?? 0) + 1;
    this.#counts.set(place, count);
    const size = sizeOf(input as Record<string, unknown>);
    const name = `${place} #${count}`;
    const call: Call = { process, service, operation, place, name, size, input, attempts: 0 };
    this.calls.push(call);
    const mishap = this.mishapOf(call);
    if (mishap) this.#mishaps.set(call, mishap);
    return call;
  }

  /** One attempt of a call. @throws what the SDK throws */
  async attempt(call: Call, input: object): Promise<unknown> {
    if (call.process.isDead) return new Promise(() => undefined);
    call.attempts += 1;
    const isFirst = call.attempts === 1;
    const mishap = this.#mishaps.get(call);
    if (typeof mishap === 'object' && isFirst) await mishap.meanwhile();
    this.time.moveTo(this.time.nowMs() + this.callMs);
    switch (mishap) {
      case 'before':
        throw connectionLost();
      case 'throttled':
        throw throttled(call.service);
      case 'answer lost':
        if (isFirst) await this.#settled(call, input);
        throw connectionLost();
      case 'sent twice':
        if (!isFirst) break;
        await this.#settled(call, input);
        throw connectionLost();
      case 'in part':
        return this.#effect(call, input, isFirst ? 'half' : 'whole');
      case 'dies before':
        call.process.die();
        return new Promise(() => undefined);
      case 'dies after':
        await this.#settled(call, input);
        call.process.die();
        return new Promise(() => undefined);
      case undefined:
      default:
    }
    return this.#effect(call, input);
  }

  /** The effect, of which nobody hears whether it came about. */
  async #settled(call: Call, input: object): Promise<void> {
    await this.#effect(call, input).catch(() => undefined);
  }

  async #effect({ service, operation }: Call, input: object, part: Part = 'whole'): Promise<unknown> {
    await Promise.resolve();
    switch (service) {
      case 'STS':
        return assumeRole(input as AssumeRoleCommandInput, this.time.nowMs());
      case 'EventBridge':
        return putEvents(this.bus, input as PutEventsCommandInput, part, () => this.random.uuid());
      case 'Lambda':
        return invokeLikeLambda((name) => this.functionNamed(name), input as InvokeCommandInput);
      case 'BedrockRuntime':
        this.modelCalls += 1;
        return converse(input as ConverseCommandInput);
      case 'Webhook':
        return void this.heard.push(input as HeardNews);
      default: {
        const server = { DynamoDB: this.dynamoDb, SQS: this.sqs, S3: this.s3 }[service] as unknown as Servers;
        const handle = server[operation];
        if (!handle) throw new Error(`the world knows no ${service} ${operation}`);
        return handle.call(server, input as never, part);
      }
    }
  }
}
