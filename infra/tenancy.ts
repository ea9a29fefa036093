import { Duration } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { GlossFunction } from './gloss-function.ts';
import type { IndexStore } from './index-store.ts';
import { ItemTable } from './item-table.ts';
import type { PhotoBucket } from './photo-bucket.ts';
import type { Settings } from './settings.ts';
import { WorkQueue } from './work-queue.ts';

const NOTIFY_TIMEOUT = Duration.seconds(30);
const PURGE_TIMEOUT = Duration.seconds(900);

/** Who the customers are and who may come in: read by the API and by the workers, written by the API. */
export class Tenancy extends Construct {
  readonly tenants: ItemTable;
  readonly purgeQueue: WorkQueue;
  readonly notifyQueue: WorkQueue;

  readonly #eventBus: string | undefined;

  constructor(scope: Construct, id: string, { eventBus }: Pick<Settings, 'eventBus'>) {
    super(scope, id);
    this.#eventBus = eventBus;
    this.tenants = new ItemTable(this, 'TenantsTable', { timeToLiveAttribute: 'expiresAtSec' });
    this.notifyQueue = new WorkQueue(this, 'Notify', { workerTimeout: NOTIFY_TIMEOUT, maxReceiveCount: 8 });
    this.purgeQueue = new WorkQueue(this, 'Purge', { workerTimeout: PURGE_TIMEOUT, maxReceiveCount: 8 });
  }

  /** Lets a function write down, and look up, what the tenant that it works for has used up. */
  grantUsage(worker: GlossFunction): void {
    this.tenants.grantItems(worker, 'GetItem', 'Query', 'UpdateItem');
    this.tenants.grantAllItems(worker, 'GetItem'); // whether the tenant is still there
  }

  /** Lets a function announce that an image changes. */
  grantAnnounce(worker: GlossFunction): void {
    worker.addEnvironment('NOTIFY_QUEUE_URL', this.notifyQueue.queueUrl);
    this.notifyQueue.grantSend(worker);
    if (this.#eventBus !== undefined) worker.addEnvironment('EVENT_BUS', this.#eventBus);
  }

  /** The function that calls the webhooks of tenants and feeds the event bus. */
  addNotify({ images }: IndexStore): GlossFunction {
    const notify = new GlossFunction(this, 'Notify', {
      description: 'Tells the webhooks of tenants how their images stand',
      memoryMb: 512,
      timeout: NOTIFY_TIMEOUT,
      environment: {
        IMAGES_TABLE: images.tableName,
        TENANTS_TABLE: this.tenants.tableName,
        // The embedded stack calls receivers on its own machine instead.
        WEBHOOKS: 'internet',
      },
    });
    images.grantItems(notify, 'GetItem');
    this.grantUsage(notify);
    if (this.#eventBus !== undefined) {
      notify.addEnvironment('EVENT_BUS', this.#eventBus);
      const bus = EventBus.fromEventBusName(this, 'EventBus', this.#eventBus);
      notify.addToRolePolicy(
        new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }),
      );
    }
    // One record an invocation: a slow receiver holds up nobody else's news.
    this.notifyQueue.feed(notify, { batchSize: 1, maxConcurrency: 10 });
    return notify;
  }

  /** The function that empties tables and bucket of a deleted tenant, and the one that may look at everything in them. */
  addPurge({ images, index }: IndexStore, bucket: PhotoBucket): GlossFunction {
    const purge = new GlossFunction(this, 'Purge', {
      description: 'Removes everything that a deleted tenant has, and proves it',
      memoryMb: 512,
      timeout: PURGE_TIMEOUT,
      recursive: true,
      environment: {
        BUCKET: bucket.bucketName,
        IMAGES_TABLE: images.tableName,
        INDEX_TABLE: index.tableName,
        TENANTS_TABLE: this.tenants.tableName,
        PURGE_QUEUE_URL: this.purgeQueue.queueUrl,
      },
    });
    // It finds the tenant's among everybody's keys, and can remove the tenant's alone.
    for (const table of [images, index, this.tenants]) {
      table.grantAllItems(purge, 'Scan');
      table.grantItems(purge, 'BatchWriteItem');
    }
    this.tenants.grantAllItems(purge, 'GetItem', 'PutItem');
    bucket.grantList(purge);
    bucket.grantObjects(purge, 'uploads', 'DeleteObject');
    bucket.grantObjects(purge, 'thumbnails', 'DeleteObject');
    this.purgeQueue.grantSend(purge);
    // One at a time is enough for something so rare, but Lambda asks for two.
    this.purgeQueue.feed(purge, { batchSize: 1, maxConcurrency: 2 });
    return purge;
  }
}
