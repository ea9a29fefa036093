import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DecodeFunction } from './decode-function.ts';
import { GlossFunction } from './gloss-function.ts';
import type { Indexing } from './indexing.ts';
import { modelStatements } from './model-arns.ts';
import type { Notifications } from './notifications.ts';
import { MAX_IMAGE_BYTES, PhotoBucket } from './photo-bucket.ts';
import type { Settings } from './settings.ts';
import type { Storage } from './storage.ts';
import { TENANT } from './tenant-role.ts';
import { WorkQueue } from './work-queue.ts';

const ADMIT_TIMEOUT = Duration.seconds(30);
/** A picture that takes long to decode leaves the model the time it may take. */
const DESCRIBE_TIMEOUT = Duration.seconds(120);
const REMOVE_TIMEOUT = Duration.seconds(60);

interface IngestProps {
  readonly storage: Storage;
  readonly indexing: Indexing;
  readonly notifications: Notifications;
  readonly settings: Settings;
}

/** The bucket, the functions that follow what comes into it and goes from it, and the one that decodes. */
export class Ingest extends Construct {
  readonly bucket: PhotoBucket;
  readonly admitQueue: WorkQueue;
  readonly describeQueue: WorkQueue;
  readonly removeQueue: WorkQueue;
  readonly admit: GlossFunction;
  readonly describe: GlossFunction;
  readonly functions: readonly GlossFunction[];

  constructor(scope: Construct, id: string, props: IngestProps) {
    super(scope, id);
    this.admitQueue = new WorkQueue(this, 'Admit', { workerTimeout: ADMIT_TIMEOUT, maxReceiveCount: 5 });
    this.describeQueue = new WorkQueue(this, 'Describe', {
      workerTimeout: DESCRIBE_TIMEOUT,
      maxReceiveCount: 5,
    });
    this.removeQueue = new WorkQueue(this, 'Remove', { workerTimeout: REMOVE_TIMEOUT, maxReceiveCount: 8 });
    this.bucket = new PhotoBucket(this, 'Bucket', { created: this.admitQueue, removed: this.removeQueue });
    const decode = new DecodeFunction(this, { bucket: this.bucket });
    this.describe = this.#describeFunction(props);
    decode.grantCall(this.describe);
    this.admit = this.#admitFunction(props);
    this.functions = [this.admit, this.describe, decode, this.#removeFunction(props)];
  }

  /** S3 cannot say of which tenant a message is, so its events are only written down here, and wait by tenants to be described. */
  #admitFunction({ storage, notifications }: IngestProps): GlossFunction {
    const admit = new GlossFunction(this, 'Admit', {
      description: 'Writes down that photos are here and sends them on to be described',
      memoryMb: 512,
      timeout: ADMIT_TIMEOUT,
      environment: {
        BUCKET: this.bucket.bucketName,
        BUCKET_URL: `https://${this.bucket.bucketRegionalDomainName}`,
        IMAGES_TABLE: storage.images.tableName,
        INDEX_TABLE: storage.index.tableName,
        TENANTS_TABLE: storage.tenants.tableName,
        ADMIT_QUEUE_URL: this.admitQueue.queueUrl,
        DESCRIBE_QUEUE_URL: this.describeQueue.queueUrl,
        MAX_RECEIVES: String(this.admitQueue.maxReceiveCount),
        VISIBILITY_SEC: String(this.admitQueue.visibilitySec),
      },
    });
    this.#grantFinding(admit, storage);
    storage.images.grantItems(admit, 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem');
    storage.grantCommits(admit);
    storage.grantAccount(admit);
    this.describeQueue.grantSend(admit);
    // No window, which would hold up a lone photo.
    this.admitQueue.feed(admit, { batchSize: 10, maxConcurrency: 10 });
    notifications.grantAnnounce(admit);
    return admit;
  }

  /** Seeing whose an upload is: looking at it, listing strays, removing what comes for a tenant that is deleted. */
  #grantFinding(grantee: GlossFunction, { tenants }: Storage): void {
    this.bucket.grantObjects(grantee, 'uploads', 'GetObject');
    this.bucket.grantRemoval(grantee, 'uploads');
    tenants.grantPartitions(grantee, [`_stray/${TENANT}`], 'PutItem');
    tenants.grantGlobal(grantee, ['_strays'], 'PutItem');
  }

  #describeFunction({ storage, indexing, notifications, settings }: IngestProps): GlossFunction {
    const describe = new GlossFunction(this, 'Describe', {
      description: 'Crops a photo into views and has the model write down what they show',
      memoryMb: 512,
      timeout: DESCRIBE_TIMEOUT,
      environment: {
        BUCKET: this.bucket.bucketName,
        BUCKET_URL: `https://${this.bucket.bucketRegionalDomainName}`,
        IMAGES_TABLE: storage.images.tableName,
        INDEX_TABLE: storage.index.tableName,
        TENANTS_TABLE: storage.tenants.tableName,
        INDEX_QUEUE_URL: indexing.indexQueue.queueUrl,
        MODEL_IDS: settings.modelIds.join(),
        CROP_POLICY: settings.cropPolicy,
        MAX_IMAGE_BYTES: String(MAX_IMAGE_BYTES),
        MAX_IMAGE_PIXELS: '210000000',
        MAX_OUTPUT_TOKENS: '800',
        MAX_RECEIVES: String(this.describeQueue.maxReceiveCount),
      },
    });
    this.#grantFinding(describe, storage);
    this.bucket.grantObjects(describe, 'uploads', 'GetObjectVersion');
    this.bucket.grantObjects(describe, 'thumbnails', 'PutObject');
    this.bucket.grantRemoval(describe, 'thumbnails');
    storage.images.grantItems(
      describe,
      'GetItem',
      'Query',
      'PutItem',
      'UpdateItem',
      'DeleteItem',
      'BatchWriteItem',
    );
    storage.grantCommits(describe);
    storage.grantAccount(describe);
    storage.grantUsage(describe);
    storage.tenants.grantGlobal(describe, ['_waiting'], 'PutItem');
    indexing.indexQueue.grantSend(describe);
    for (const statement of modelStatements(this, settings.modelIds)) describe.addToRolePolicy(statement);
    // The bound on calls of the model in flight: so many photos, each with all its views at once.
    this.describeQueue.feed(describe, { batchSize: 1, maxConcurrency: settings.describeConcurrency });
    notifications.grantAnnounce(describe);
    return describe;
  }

  #removeFunction({ storage, notifications }: IngestProps): GlossFunction {
    const remove = new GlossFunction(this, 'Remove', {
      description: 'Takes a deleted photo out of the index',
      memoryMb: 512,
      timeout: REMOVE_TIMEOUT,
      environment: {
        BUCKET: this.bucket.bucketName,
        BUCKET_URL: `https://${this.bucket.bucketRegionalDomainName}`,
        IMAGES_TABLE: storage.images.tableName,
        INDEX_TABLE: storage.index.tableName,
        TENANTS_TABLE: storage.tenants.tableName,
        ADMIT_QUEUE_URL: this.admitQueue.queueUrl,
        REMOVE_QUEUE_URL: this.removeQueue.queueUrl,
        MAX_RECEIVES: String(this.removeQueue.maxReceiveCount),
        VISIBILITY_SEC: String(this.removeQueue.visibilitySec),
      },
    });
    this.bucket.grantObjects(remove, 'uploads', 'GetObject'); // whether another version is there
    this.bucket.grantRemoval(remove, 'thumbnails');
    this.admitQueue.grantSend(remove);
    storage.images.grantItems(
      remove,
      'GetItem',
      'BatchGetItem',
      'Query',
      'PutItem',
      'UpdateItem',
      'DeleteItem',
      'BatchWriteItem',
    );
    storage.grantCommits(remove);
    storage.grantAccount(remove);
    this.removeQueue.feed(remove, {
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(1),
      // As for the index: a bulk delete is a few commits of many, not many that contend.
      maxConcurrency: 2,
    });
    notifications.grantAnnounce(remove);
    return remove;
  }
}
