import { Duration } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { GlossFunction } from './gloss-function.ts';
import type { Settings } from './settings.ts';
import type { Storage } from './storage.ts';
import { TENANT } from './tenant-role.ts';
import { WorkQueue } from './work-queue.ts';

const NOTIFY_TIMEOUT = Duration.seconds(30);
/** A call of a receiver ends after five seconds (lib/adapters/http-webhooks.ts). */
const PING_TIMEOUT = Duration.seconds(10);

/** Invocations of Notify at a time. */
const WORKERS = 20;
/** Calls of one tenant's receiver at a time: four tenants that keep theirs as long as they can leave a fifth of the workers. */
const CALLS_PER_TENANT = 4;

interface NotificationsProps {
  readonly storage: Storage;
  readonly settings: Pick<Settings, 'eventBus'>;
}

/** How images stand, told to the webhooks of tenants and to the event bus of the deployment. */
export class Notifications extends Construct {
  readonly queue: WorkQueue;
  readonly function: GlossFunction;
  /** Sends tests to webhooks; called by the API. */
  readonly ping: GlossFunction;

  readonly #eventBus: string | undefined;

  constructor(scope: Construct, id: string, { storage, settings }: NotificationsProps) {
    super(scope, id);
    this.#eventBus = settings.eventBus;
    this.queue = new WorkQueue(this, 'Notify', { workerTimeout: NOTIFY_TIMEOUT, maxReceiveCount: 8 });
    this.function = this.#notifyFunction(storage);
    this.ping = this.#pingFunction(storage);
  }

  /** Lets a function announce that an image changes. */
  grantAnnounce(worker: GlossFunction): void {
    worker.addEnvironment('NOTIFY_QUEUE_URL', this.queue.queueUrl);
    this.queue.grantSend(worker);
    if (this.#eventBus !== undefined) worker.addEnvironment('EVENT_BUS', this.#eventBus);
  }

  /** The function that calls the webhooks of tenants and feeds the event bus. */
  #notifyFunction(storage: Storage): GlossFunction {
    const { images, tenants } = storage;
    const notify = new GlossFunction(this, 'Notify', {
      description: 'Tells the webhooks of tenants how their images stand',
      memoryMb: 512,
      timeout: NOTIFY_TIMEOUT,
      environment: {
        IMAGES_TABLE: images.tableName,
        ...callVariables(storage),
      },
      recursive: true, // what cannot be told now is sent again, for three days at most
    });
    images.grantItems(notify, 'GetItem');
    storage.grantAccount(notify);
    tenants.grantPartitions(notify, [`${TENANT}/told`], 'GetItem', 'PutItem');
    grantCalls(notify, storage);
    notify.addEnvironment('NOTIFY_QUEUE_URL', this.queue.queueUrl);
    this.queue.grantSend(notify);
    if (this.#eventBus !== undefined) {
      notify.addEnvironment('EVENT_BUS', this.#eventBus);
      const bus = EventBus.fromEventBusName(this, 'EventBus', this.#eventBus);
      notify.addToRolePolicy(
        new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }),
      );
    }
    // One record an invocation: a slow receiver holds up nobody else's news.
    this.queue.feed(notify, { batchSize: 1, maxConcurrency: WORKERS });
    return notify;
  }

  /** The function that calls one webhook when its tenant asks for a test, with no right to anything else. */
  #pingFunction(storage: Storage): GlossFunction {
    const ping = new GlossFunction(this, 'Ping', {
      description: 'Sends a test to the webhook of a tenant and says how it was answered',
      memoryMb: 512,
      timeout: PING_TIMEOUT,
      environment: callVariables(storage),
    });
    storage.tenants.grantPartitions(ping, [`_tenant/${TENANT}`], 'GetItem');
    grantCalls(ping, storage);
    return ping;
  }
}

/** Where webhooks may be. The embedded stack sets `local` instead: its receivers are on its own machine. */
export const WEBHOOKS = 'internet';

const callVariables = ({ tenants }: Storage) => ({
  TENANTS_TABLE: tenants.tableName,
  WEBHOOKS,
  CALLS_PER_TENANT: String(CALLS_PER_TENANT),
});

/** Lets a function sign what a tenant's webhook is told, and keep count of its calls. */
function grantCalls(caller: GlossFunction, { tenants }: Storage): void {
  tenants.grantPartitions(caller, [`${TENANT}/webhook`], 'GetItem');
  tenants.grantPartitions(caller, [`${TENANT}/receiver`], 'GetItem', 'PutItem');
}
