import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { GlossFunction } from './gloss-function.ts';
import type { PhotoBucket } from './photo-bucket.ts';
import type { Storage } from './storage.ts';
import { TENANT } from './tenant-role.ts';
import { WorkQueue } from './work-queue.ts';

const PURGE_TIMEOUT = Duration.seconds(900);

interface PurgeProps {
  readonly storage: Storage;
  readonly bucket: PhotoBucket;
}

/** What removes the data of deleted tenants. */
export class Purge extends Construct {
  readonly queue: WorkQueue;
  readonly function: GlossFunction;

  constructor(scope: Construct, id: string, { storage, bucket }: PurgeProps) {
    super(scope, id);
    this.queue = new WorkQueue(this, 'Purge', { workerTimeout: PURGE_TIMEOUT, maxReceiveCount: 8 });
    this.function = this.#purgeFunction(storage, bucket);
  }

  /** The function that empties tables and bucket of a deleted tenant, and the one that may look at everything in them. */
  #purgeFunction({ images, index, tenants }: Storage, bucket: PhotoBucket): GlossFunction {
    const purge = new GlossFunction(this, 'Purge', {
      description: 'Removes everything that a deleted tenant has, and proves it',
      memoryMb: 512,
      timeout: PURGE_TIMEOUT,
      recursive: true,
      environment: {
        BUCKET: bucket.bucketName,
        IMAGES_TABLE: images.tableName,
        INDEX_TABLE: index.tableName,
        TENANTS_TABLE: tenants.tableName,
        PURGE_QUEUE_URL: this.queue.queueUrl,
      },
    });
    // It finds the tenant's among everybody's keys, and can remove the tenant's alone.
    for (const table of [images, index, tenants]) {
      table.grantKeys(purge);
      table.grantItems(purge, 'BatchWriteItem');
    }
    tenants.grantGlobal(purge, ['_key/*'], 'DeleteItem'); // what authenticates, though nothing lists it
    tenants.grantPartitions(purge, [`_tenant/${TENANT}`], 'GetItem', 'PutItem');
    bucket.grantRemoval(purge, 'uploads');
    bucket.grantRemoval(purge, 'thumbnails');
    this.queue.grantSend(purge);
    // One at a time is enough for something so rare, but Lambda asks for two.
    this.queue.feed(purge, { batchSize: 1, maxConcurrency: 2 });
    return purge;
  }
}
