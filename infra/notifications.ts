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

interface NotificationsProps {
  readonly storage: Storage;
  readonly settings: Pick<Settings, 'eventBus'>;
}

/** How images stand, told to the webhooks of tenants and to the event bus of the deployment. */
export class Notifications extends Construct {
  readonly queue: WorkQueue;
  readonly function: GlossFunction;

  readonly #eventBus: string | undefined;

  constructor(scope: Construct, id: string, { storage, settings }: NotificationsProps) {
    super(scope, id);
    this.#eventBus = settings.eventBus;
    this.queue = new WorkQueue(this, 'Notify', { workerTimeout: NOTIFY_TIMEOUT, maxReceiveCount: 8 });
    this.function = this.#notifyFunction(storage);
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
        TENANTS_TABLE: tenants.tableName,
        // The embedded stack calls receivers on its own machine instead.
        WEBHOOKS: 'internet',
      },
    });
    images.grantItems(notify, 'GetItem');
    storage.grantAccount(notify);
    tenants.grantPartitions(notify, [`${TENANT}/webhook`], 'GetItem');
    if (this.#eventBus !== undefined) {
      notify.addEnvironment('EVENT_BUS', this.#eventBus);
      const bus = EventBus.fromEventBusName(this, 'EventBus', this.#eventBus);
      notify.addToRolePolicy(
        new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }),
      );
    }
    // One record an invocation: a slow receiver holds up nobody else's news.
    this.queue.feed(notify, { batchSize: 1, maxConcurrency: 10 });
    return notify;
  }
}
