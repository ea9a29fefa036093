import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { GlossFunction } from './gloss-function.ts';

interface WorkQueueProps {
  /** Timeout of the function that will work through the queue. */
  readonly workerTimeout: Duration;
  /** Deliveries of a message before it goes to the dead letters. */
  readonly maxReceiveCount: number;
}

interface WorkerOptions {
  readonly batchSize: number;
  /** How long a batch may gather. Lambda asks for at least a second when batchSize is above 10. */
  readonly maxBatchingWindow?: Duration;
  /** Invocations at a time, 2 or more. */
  readonly maxConcurrency?: number;
  /** Construct id of the mapping, for a function that more than one queue feeds. */
  readonly mappingId?: string;
}

const PROTECTED = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } satisfies QueueProps;

/** The most that SQS takes. */
const DEAD_LETTERS_KEPT = Duration.days(14);
/**
 * SQS counts from the first sending, also where a message has become a dead letter: one that waited for so long, and then failed for twelve
 * hours, is still a dead letter for three days.
 */
const WORK_KEPT = Duration.days(10);

/** A queue of work with its dead letters: `<Name>Queue` and `<Name>DeadLetters`. */
export class WorkQueue extends Queue {
  readonly maxReceiveCount: number;
  /** For which a message that was delivered is hidden. */
  readonly visibilitySec: number;
  readonly deadLetters: Queue;

  constructor(scope: Construct, name: string, { workerTimeout, maxReceiveCount }: WorkQueueProps) {
    const deadLetters = new Queue(scope, `${name}DeadLetters`, {
      ...PROTECTED,
      retentionPeriod: DEAD_LETTERS_KEPT,
    });
    // The factor that the Lambda guide asks for: room for its own retries while the function is throttled.
    const visibilitySec = 6 * workerTimeout.toSeconds();
    super(scope, `${name}Queue`, {
      ...PROTECTED,
      visibilityTimeout: Duration.seconds(visibilitySec),
      retentionPeriod: WORK_KEPT,
      deadLetterQueue: { queue: deadLetters, maxReceiveCount },
    });
    this.maxReceiveCount = maxReceiveCount;
    this.visibilitySec = visibilitySec;
    this.deadLetters = deadLetters;
  }

  /** Has the function work through the queue; records that it reports as failed come back, the others are done. */
  feed(worker: GlossFunction, { mappingId = 'Mapping', ...options }: WorkerOptions): void {
    const mapping = new EventSourceMapping(worker, mappingId, {
      ...options,
      target: worker,
      eventSourceArn: this.queueArn,
      reportBatchItemFailures: true,
    });
    // Lambda refuses a mapping while the function's role cannot read the queue yet.
    this.grantConsumeMessages(worker).applyBefore(mapping);
  }

  grantSend(sender: GlossFunction): void {
    this.grant(sender, 'sqs:SendMessage');
  }
}
