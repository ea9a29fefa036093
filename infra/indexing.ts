import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { GlossFunction } from './gloss-function.ts';
import type { Notifications } from './notifications.ts';
import type { Storage } from './storage.ts';
import { WorkQueue } from './work-queue.ts';

const INDEX_TIMEOUT = Duration.seconds(60);
const MERGE_TIMEOUT = Duration.seconds(900);
const SEGMENTS_TIMEOUT = Duration.seconds(15);

interface IndexingProps {
  readonly storage: Storage;
  readonly notifications: Notifications;
}

/** The functions that write segments, and their queues. */
export class Indexing extends Construct {
  readonly indexQueue: WorkQueue;
  /** Of loads of documents, so that what is one picture's or one document's need not wait behind them. */
  readonly bulkIndexQueue: WorkQueue;
  readonly mergeQueue: WorkQueue;
  readonly reindexQueue: WorkQueue;
  readonly functions: readonly GlossFunction[];
  /** Names the segments of a tenant, or of all; called by the API, a rebuild and a sweep. */
  readonly segments: GlossFunction;

  constructor(scope: Construct, id: string, { storage, notifications }: IndexingProps) {
    super(scope, id);
    this.indexQueue = new WorkQueue(this, 'Index', { workerTimeout: INDEX_TIMEOUT, maxReceiveCount: 8 });
    this.bulkIndexQueue = new WorkQueue(this, 'BulkIndex', {
      workerTimeout: INDEX_TIMEOUT,
      maxReceiveCount: 8,
    });
    this.mergeQueue = new WorkQueue(this, 'Merge', { workerTimeout: MERGE_TIMEOUT, maxReceiveCount: 8 });
    this.reindexQueue = new WorkQueue(this, 'Reindex', { workerTimeout: MERGE_TIMEOUT, maxReceiveCount: 8 });
    const index = this.#indexFunction(storage);
    const merge = this.#mergeFunction(storage);
    this.segments = this.#segmentsFunction(storage);
    const workers = [index, merge, this.#reindexFunction(storage)];
    this.functions = [...workers, this.segments];
    for (const worker of workers) {
      worker.addEnvironment('TENANTS_TABLE', storage.tenants.tableName);
      storage.grantAccount(worker);
    }
    notifications.grantAnnounce(index);
  }

  /**
   * Gathers glosses for a second: a lone photo is found soon, a bulk load pays once for a hundred. Sends itself, as a load, what one commit
   * has no room for; each one commits something, so the chain ends.
   */
  #indexFunction(storage: Storage): GlossFunction {
    const index = new GlossFunction(this, 'Index', {
      description: 'Writes a batch of glosses as one segment and commits it to the manifest',
      memoryMb: 1024,
      timeout: INDEX_TIMEOUT,
      recursive: true,
      environment: {
        IMAGES_TABLE: storage.images.tableName,
        INDEX_TABLE: storage.index.tableName,
        INDEX_QUEUE_URL: this.indexQueue.queueUrl,
        MAX_RECEIVES: String(this.indexQueue.maxReceiveCount),
        VISIBILITY_SEC: String(this.indexQueue.visibilitySec),
        BULK_INDEX_QUEUE_URL: this.bulkIndexQueue.queueUrl,
        MERGE_QUEUE_URL: this.mergeQueue.queueUrl,
      },
    });
    storage.images.grantItems(index, 'GetItem', 'BatchGetItem', 'PutItem');
    storage.grantCommits(index);
    this.bulkIndexQueue.grantSend(index);
    this.mergeQueue.grantSend(index);
    // Commits of one tenant contend for its manifest: more writers would only repeat each other's work.
    const batches = { batchSize: 100, maxBatchingWindow: Duration.seconds(1), maxConcurrency: 2 };
    this.indexQueue.feed(index, batches);
    this.bulkIndexQueue.feed(index, { ...batches, mappingId: 'BulkMapping' });
    return index;
  }

  /** Sends itself the next level's merge. Each one leaves fewer segments than it found, so the chain ends. */
  #mergeFunction(storage: Storage): GlossFunction {
    const merge = new GlossFunction(this, 'Merge', {
      description: 'Merges segments of one level into one of the next',
      memoryMb: 3008,
      timeout: MERGE_TIMEOUT,
      recursive: true,
      environment: { INDEX_TABLE: storage.index.tableName, MERGE_QUEUE_URL: this.mergeQueue.queueUrl },
    });
    storage.grantCommits(merge);
    this.mergeQueue.grantSend(merge);
    this.mergeQueue.feed(merge, { batchSize: 1, maxConcurrency: 2 });
    return merge;
  }

  /** The function that looks for segments that no manifest names, among the keys of all tenants; it sees nothing else. */
  #segmentsFunction({ index }: Storage): GlossFunction {
    const segments = new GlossFunction(this, 'Segments', {
      description: 'Names the segments of a tenant, or of all, of which there are items',
      memoryMb: 512,
      timeout: SEGMENTS_TIMEOUT,
      forTenants: false,
      environment: { INDEX_TABLE: index.tableName },
    });
    index.grantKeys(segments);
    return segments;
  }

  /** Merges what it makes by itself: the next page waits for it, and so nobody else's merges have to. */
  #reindexFunction(storage: Storage): GlossFunction {
    const reindex = new GlossFunction(this, 'Reindex', {
      description: 'Makes the index of a tenant again from its records and glosses',
      memoryMb: 3008,
      timeout: MERGE_TIMEOUT,
      recursive: true,
      environment: {
        IMAGES_TABLE: storage.images.tableName,
        INDEX_TABLE: storage.index.tableName,
        MERGE_QUEUE_URL: this.mergeQueue.queueUrl,
        REINDEX_QUEUE_URL: this.reindexQueue.queueUrl,
      },
    });
    storage.images.grantItems(reindex, 'GetItem', 'BatchGetItem', 'Query');
    storage.grantCommits(reindex);
    this.mergeQueue.grantSend(reindex);
    this.reindexQueue.grantSend(reindex);
    this.segments.grantCall(reindex);
    this.reindexQueue.feed(reindex, { batchSize: 1, maxConcurrency: 2 });
    return reindex;
  }
}
