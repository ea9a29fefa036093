import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { GlossFunction } from './gloss-function.ts';
import { ItemTable } from './item-table.ts';
import type { Tenancy } from './tenancy.ts';
import { WorkQueue } from './work-queue.ts';

const INDEX_TIMEOUT = Duration.seconds(60);
const MERGE_TIMEOUT = Duration.seconds(900);

/** Glosses and the index over their words, and the two functions that write segments. */
export class IndexStore extends Construct {
  readonly images: ItemTable;
  readonly index: ItemTable;
  readonly indexQueue: WorkQueue;
  readonly mergeQueue: WorkQueue;
  readonly functions: readonly GlossFunction[];

  constructor(scope: Construct, id: string, tenancy: Tenancy) {
    super(scope, id);
    this.images = new ItemTable(this, 'ImagesTable', { timeToLiveAttribute: 'expiresAtSec' });
    this.index = new ItemTable(this, 'IndexTable');
    this.indexQueue = new WorkQueue(this, 'Index', { workerTimeout: INDEX_TIMEOUT, maxReceiveCount: 8 });
    this.mergeQueue = new WorkQueue(this, 'Merge', { workerTimeout: MERGE_TIMEOUT, maxReceiveCount: 8 });
    this.functions = [this.#indexFunction(), this.#mergeFunction()];
    for (const worker of this.functions) {
      worker.addEnvironment('TENANTS_TABLE', tenancy.tenants.tableName);
      tenancy.grantUsage(worker);
    }
  }

  /** Lets a function search the index and commit a change: new segments, a merge, or deletions. */
  grantCommits(committer: GlossFunction): void {
    this.index.grantItems(committer, 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem');
  }

  /** Gathers glosses for a second: a lone photo is found soon, a bulk load pays once for a hundred. */
  #indexFunction(): GlossFunction {
    const index = new GlossFunction(this, 'Index', {
      description: 'Writes a batch of glosses as one segment and commits it to the manifest',
      memoryMb: 1024,
      timeout: INDEX_TIMEOUT,
      environment: {
        IMAGES_TABLE: this.images.tableName,
        INDEX_TABLE: this.index.tableName,
        MERGE_QUEUE_URL: this.mergeQueue.queueUrl,
      },
    });
    this.images.grantItems(index, 'GetItem', 'BatchGetItem', 'PutItem');
    this.grantCommits(index);
    this.mergeQueue.grantSend(index);
    this.indexQueue.feed(index, {
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(1),
      // Commits of one tenant contend for its manifest: more writers would only repeat each other's work.
      maxConcurrency: 2,
    });
    return index;
  }

  /** Sends itself the next level's merge. Each one leaves fewer segments than it found, so the chain ends. */
  #mergeFunction(): GlossFunction {
    const merge = new GlossFunction(this, 'Merge', {
      description: 'Merges segments of one level into one of the next',
      memoryMb: 3008,
      timeout: MERGE_TIMEOUT,
      recursive: true,
      environment: { INDEX_TABLE: this.index.tableName, MERGE_QUEUE_URL: this.mergeQueue.queueUrl },
    });
    this.grantCommits(merge);
    this.mergeQueue.grantSend(merge);
    this.mergeQueue.feed(merge, { batchSize: 1, maxConcurrency: 2 });
    return merge;
  }
}
