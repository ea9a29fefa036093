import type { APIGatewayProxyStructuredResultV2, Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { failedMessageIds } from '../../infra/local/batch-response.ts';
import type { Mapping } from '../../infra/local/topology.ts';
import { REGION } from '../../infra/local/physical-names.ts';
import { WAKE_EVERY_MS } from '../../lib/steps/sweep/wake-images.ts';
import { startApi, startWorker, type Instance } from './functions.ts';
import type { World } from './world.ts';

type Worker = ReturnType<typeof startWorker>;

/** An answer of the API; undefined where none came. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly json: unknown;
}

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly key: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

/** A batch of messages on its way to a function. */
export interface Invocation {
  readonly mapping: Mapping;
  readonly entry: string;
  readonly event: SQSEvent;
}

const CONTEXT_OF = (timeoutMs: number) => ({ getRemainingTimeInMillis: () => timeoutMs }) as Context;
/** Rounds of looking at all queues, far more than any work takes: behind them it goes in circles. */
const MAX_ROUNDS = 2_000;

/**
 * The service in a world: event source mappings hand messages to the real handlers, one batch at a time; instances live on
 * until they die or are restarted; time passes where nothing is left to do.
 */
export class Service {
  readonly world: World;
  #workers = new Map<string, Worker>();
  #api: Instance<ReturnType<typeof startApi>['handler']> | undefined;
  /** The request under way, or the one before. */
  #asked: ApiRequest | undefined;
  /** Batches under way, of which a call may be held. */
  readonly #underWay: Invocation[] = [];
  /** Hears of every batch that is handed to a function. */
  onDelivery: (invocation: Invocation) => void = () => undefined;

  constructor(world: World) {
    this.world = world;
  }

  /** Forgets all instances: what comes next is a cold start. */
  restart(): void {
    this.#workers.clear();
    this.#api = undefined;
  }

  /**
   * Handles what is in the queues, and lets time pass until nothing is left in them, and no image waits to be described.
   * @param onRound hears each time that all queues were looked at
   * @param wakes whether the schedule comes that looks after images that wait
   */
  async settle(onRound: () => void = () => undefined, { wakes = true } = {}): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const found = await this.runVisible();
      onRound();
      if (found) continue;
      const next = this.#nextVisibleMs();
      if (next !== undefined) this.world.time.moveTo(next);
      else if (wakes && this.#waits()) this.wake();
      else return;
    }
    throw new Error(`the queues do not come to rest: ${JSON.stringify(this.waiting())}`);
  }

  /** What is in the queues that functions read. */
  waiting(): Record<string, string[]> {
    const { mappings } = this.world.topology;
    const bodies = mappings.map(
      ({ queueUrl }) => [nameOf(queueUrl), this.world.sqs.bodies(nameOf(queueUrl))] as const,
    );
    return Object.fromEntries(bodies.filter(([, all]) => all.length > 0));
  }

  /** Handles one batch of each queue. @returns whether there was any */
  async runVisible(): Promise<boolean> {
    let found = false;
    for (const mapping of this.world.topology.mappings) {
      const invocation = this.#gather(mapping);
      if (!invocation) continue;
      found = true;
      await this.#deliver(invocation);
    }
    return found;
  }

  #gather(mapping: Mapping): Invocation | undefined {
    const { sqs, topology } = this.world;
    const Records: SQSEvent['Records'] = [];
    while (Records.length < mapping.batchSize) {
      const MaxNumberOfMessages = Math.min(10, mapping.batchSize - Records.length);
      const { Messages } = sqs.ReceiveMessage({ QueueUrl: mapping.queueUrl, MaxNumberOfMessages });
      if (Messages.length === 0) break;
      for (const message of Messages)
        Records.push({
          messageId: message.MessageId,
          receiptHandle: message.ReceiptHandle!,
          body: message.Body,
          md5OfBody: message.MD5OfBody,
          attributes: message.Attributes,
          messageAttributes: {},
          eventSource: 'aws:sqs',
          eventSourceARN: mapping.queueArn,
          awsRegion: REGION,
        });
    }
    if (Records.length === 0) return undefined;
    const { entry } = topology.functions.find(({ logicalId }) => logicalId === mapping.functionId)!;
    return { mapping, entry, event: { Records } };
  }

  async #deliver(invocation: Invocation): Promise<void> {
    this.#underWay.push(invocation);
    this.onDelivery(invocation);
    const answer = await this.invoke(invocation);
    this.#underWay.splice(this.#underWay.indexOf(invocation), 1);
    if (answer === 'died') return;
    const { mapping, event } = invocation;
    const ids = new Set(event.Records.map(({ messageId }) => messageId));
    const failed = failedMessageIds(answer, ids);
    for (const { messageId, receiptHandle } of event.Records)
      if (!failed.has(messageId))
        this.world.sqs.DeleteMessage({ QueueUrl: mapping.queueUrl, ReceiptHandle: receiptHandle });
  }

  /** Hands a batch to an instance of its function; to a new one where the other is busy with something that is held. */
  async invoke(
    { entry, event }: Invocation,
    { apart = false }: { readonly apart?: boolean } = {},
  ): Promise<SQSBatchResponse | 'died'> {
    const isBusy = apart || this.#underWay.filter((other) => other.entry === entry).length > 1;
    let worker = isBusy ? undefined : this.#workers.get(entry);
    if (!worker) {
      worker = startWorker(this.world, entry);
      if (!isBusy) this.#workers.set(entry, worker);
    }
    const { handler, process } = worker;
    const fn = this.world.topology.functions.find((one) => one.entry === entry)!;
    const answer = await process.run(() => handler(event, CONTEXT_OF(fn.timeoutMs)));
    if (process.isDead && this.#workers.get(entry) === worker) this.#workers.delete(entry);
    return answer;
  }

  /**
   * What may happen while a call of the batch or the request that is under way is held: everything else that waits in the
   * queues, with what the schedules ask for or without it, or the same once more, in another instance.
   */
  async meanwhile(what: 'all else runs' | 'the same again' | 'the schedules run'): Promise<void> {
    if (what === 'the schedules run') this.runSchedules();
    if (what !== 'the same again') {
      while (await this.runVisible());
      return;
    }
    const invocation = this.#underWay.at(-1);
    if (invocation) await this.invoke(invocation, { apart: true });
    else if (this.#asked) await this.request(this.#asked, { apart: true });
  }

  /** One request to the API, as API Gateway hands it over; 503 where the instance died or threw. */
  async request(
    request: ApiRequest,
    { apart = false }: { readonly apart?: boolean } = {},
  ): Promise<ApiAnswer> {
    if (!apart) this.#asked = request;
    const api = apart ? startApi(this.world) : (this.#api ??= startApi(this.world));
    const answer = await api.process
      .run(() => api.handler(eventOf(request) as never) as Promise<APIGatewayProxyStructuredResultV2>)
      .catch((error: unknown): APIGatewayProxyStructuredResultV2 => ({
        statusCode: 503,
        body: String(error),
      }));
    if (answer === 'died') {
      if (this.#api === api) this.#api = undefined;
      return { status: 503, headers: {}, json: undefined };
    }
    const { statusCode = 200, headers = {}, body = '' } = answer;
    const isJson = String(headers['content-type']).includes('json');
    return { status: statusCode, headers, json: isJson ? JSON.parse(body) : undefined };
  }

  #nextVisibleMs(): number | undefined {
    const { mappings } = this.world.topology;
    const times = mappings.flatMap(({ queueUrl }) => this.world.sqs.nextVisibleMs(nameOf(queueUrl)) ?? []);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Whether a tenant is listed as having images that wait. */
  #waits(): boolean {
    const { topology, dynamoDb } = this.world;
    const tenants = topology.tables.find(({ name }) => name.includes('Tenants'))!.name;
    return dynamoDb.table(tenants).ofPartition('_waiting').length > 0;
  }

  /** The time comes at which the schedule looks after images that wait. */
  wake(): void {
    this.world.time.moveTo(this.world.time.nowMs() + WAKE_EVERY_MS);
    this.runSchedules((message) => message === JSON.stringify({ task: 'waiting' }));
  }

  /** What the schedules ask for comes once. */
  runSchedules(isAsked: (message: string) => boolean = () => true): void {
    for (const { queueUrl, message } of this.world.topology.schedules)
      if (isAsked(message)) this.world.sqs.SendMessage({ QueueUrl: queueUrl, MessageBody: message });
  }
}

function eventOf({ method, path, key, body, idempotencyKey }: ApiRequest) {
  const [rawPath, rawQueryString = ''] = path.split('?') as [string, string?];
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: {
      host: 'localhost',
      'content-type': 'application/json',
      authorization: `Bearer ${key}`,
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      domainName: 'localhost',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: 'request',
      routeKey: '$default',
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
    isBase64Encoded: false,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

const nameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
