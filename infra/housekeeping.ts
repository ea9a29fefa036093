import { Aws, Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { GlossFunction } from './gloss-function.ts';
import type { Indexing } from './indexing.ts';
import type { Notifications } from './notifications.ts';
import type { Ingest } from './ingest.ts';
import type { Storage } from './storage.ts';
import { TENANT } from './tenant-role.ts';
import { WorkQueue } from './work-queue.ts';

const SWEEP_TIMEOUT = Duration.seconds(900);

interface HousekeepingProps {
  readonly storage: Storage;
  readonly indexing: Indexing;
  readonly notifications: Notifications;
  readonly ingest: Pick<Ingest, 'bucket' | 'admitQueue' | 'describeQueue'>;
}

/** What is done because time passes: schedules that write into a queue, and the function that works through it. */
export class Housekeeping extends Construct {
  readonly sweepQueue: WorkQueue;
  /** Of images that wait to be described: sweeps, which take long, do not hold it up. */
  readonly wakeQueue: WorkQueue;
  readonly function: GlossFunction;

  constructor(scope: Construct, id: string, props: HousekeepingProps) {
    super(scope, id);
    this.sweepQueue = new WorkQueue(this, 'Sweep', { workerTimeout: SWEEP_TIMEOUT, maxReceiveCount: 8 });
    this.wakeQueue = new WorkQueue(this, 'Wake', { workerTimeout: SWEEP_TIMEOUT, maxReceiveCount: 8 });
    this.function = this.#sweepFunction(props);
    this.#schedule('SweepImages', 'rate(1 day)', { task: 'images' });
    this.#schedule('SweepDocuments', 'rate(1 day)', { task: 'documents' });
    this.#schedule('SweepObjects', 'rate(1 day)', { task: 'objects' });
    this.#schedule('SweepThumbnails', 'rate(30 days)', { task: 'thumbnails' });
    this.#schedule('SweepStrays', 'rate(1 day)', { task: 'strays' });
    this.#schedule('SweepKeys', 'rate(1 day)', { task: 'keys' });
    this.#schedule('SweepSegments', 'rate(1 day)', { task: 'segments' });
    // With the age at which segments are rewritten (lib/index/write/stale-deletions.ts): gone within a day.
    this.#schedule('SweepPostings', 'rate(6 hours)', { task: 'postings' });
    // As lib/steps/sweep/wake-images.ts counts with.
    this.#schedule('WakeImages', 'rate(5 minutes)', { task: 'waiting' }, this.wakeQueue);
  }

  #sweepFunction({
    storage,
    indexing,
    notifications,
    ingest: { bucket, admitQueue, describeQueue },
  }: HousekeepingProps): GlossFunction {
    const sweep = new GlossFunction(this, 'Sweep', {
      description: 'Removes images past the time that their tenant keeps them, and has old deletions purged',
      memoryMb: 512,
      timeout: SWEEP_TIMEOUT,
      recursive: true,
      environment: {
        BUCKET: bucket.bucketName,
        BUCKET_URL: `https://${bucket.bucketRegionalDomainName}`,
        IMAGES_TABLE: storage.images.tableName,
        INDEX_TABLE: storage.index.tableName,
        TENANTS_TABLE: storage.tenants.tableName,
        SWEEP_QUEUE_URL: this.sweepQueue.queueUrl,
        MERGE_QUEUE_URL: indexing.mergeQueue.queueUrl,
        REINDEX_QUEUE_URL: indexing.reindexQueue.queueUrl,
        ADMIT_QUEUE_URL: admitQueue.queueUrl,
        DESCRIBE_QUEUE_URL: describeQueue.queueUrl,
        WAKE_QUEUE_URL: this.wakeQueue.queueUrl,
        BULK_INDEX_QUEUE_URL: indexing.bulkIndexQueue.queueUrl,
      },
    });
    bucket.grantObjects(sweep, 'uploads', 'GetObject');
    bucket.grantListOfAll(sweep, 'uploads');
    bucket.grantRemoval(sweep, 'uploads');
    bucket.grantRemoval(sweep, 'thumbnails');
    bucket.grantListing(sweep, 'thumbnails');
    storage.images.grantItems(
      sweep,
      'GetItem',
      'BatchGetItem',
      'Query',
      'PutItem',
      'UpdateItem',
      'DeleteItem',
      'BatchWriteItem',
    );
    storage.grantCommits(sweep);
    storage.grantAccount(sweep);
    storage.tenants.grantGlobal(sweep, ['_tenants', '_strays', '_waiting'], 'Query');
    storage.tenants.grantGlobal(sweep, ['_tenants'], 'GetItem', 'PutItem');
    storage.tenants.grantGlobal(sweep, ['_waiting'], 'PutItem', 'DeleteItem');
    // Keys that were ended open nothing, whatever a restored table says.
    storage.images.grantGlobal(sweep, ['_ended'], 'Query', 'DeleteItem');
    storage.tenants.grantGlobal(sweep, ['_key/*'], 'Query', 'DeleteItem');
    storage.grantUsage(sweep);
    storage.tenants.grantPartitions(sweep, [`_stray/${TENANT}`], 'Query', 'DeleteItem');
    indexing.segments.grantCall(sweep);
    indexing.bulkIndexQueue.grantSend(sweep);
    indexing.mergeQueue.grantSend(sweep);
    indexing.reindexQueue.grantSend(sweep);
    admitQueue.grantSend(sweep);
    describeQueue.grantSend(sweep);
    this.sweepQueue.grantSend(sweep);
    this.wakeQueue.grantSend(sweep);
    this.sweepQueue.feed(sweep, { batchSize: 1, maxConcurrency: 2 });
    this.wakeQueue.feed(sweep, { batchSize: 1, maxConcurrency: 2, mappingId: 'WakeMapping' });
    notifications.grantAnnounce(sweep);
    return sweep;
  }

  /** Into the queue and not to the function: what fails comes back, and is put aside like any other work. */
  #schedule(name: string, scheduleExpression: string, message: object, queue = this.sweepQueue): void {
    const role = new Role(this, `${name}ScheduleRole`, {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    const { queueArn: arn } = queue;
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [arn] }));
    new CfnSchedule(this, `${name}Schedule`, {
      scheduleExpression,
      flexibleTimeWindow: { mode: 'OFF' },
      target: { arn, roleArn: role.roleArn, input: JSON.stringify(message) },
    });
  }
}
