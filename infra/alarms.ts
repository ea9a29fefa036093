import { Aws, Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Stats, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic, type ITopic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { GlossFunction } from './gloss-function.ts';
import type { WorkQueue } from './work-queue.ts';

interface AlarmsProps {
  readonly queues: readonly WorkQueue[];
  readonly functions: readonly GlossFunction[];
  readonly admit: GlossFunction;
  readonly describe: GlossFunction;
  /** Those that pass over items that cannot be read. */
  readonly readers: readonly GlossFunction[];
  readonly sweep: GlossFunction;
  readonly admitQueue: WorkQueue;
  readonly describeQueue: WorkQueue;
  readonly removeQueue: WorkQueue;
  readonly indexQueue: WorkQueue;
  readonly bulkIndexQueue: WorkQueue;
  readonly httpApi: HttpApi;
  readonly email: string | undefined;
  /** A topic that is there already. */
  readonly topicArn: string | undefined;
}

interface Condition {
  readonly metric: IMetric;
  /** The alarm goes off above this. */
  readonly above: number;
  /** Five-minute periods in a row. */
  readonly periods?: number;
  readonly whatToDo: string;
  /** Heading of docs/runbook.md, as its anchor. */
  readonly section: string;
}

const PERIOD = { period: Duration.minutes(5) };

/** What somebody should look at, each with the section of docs/runbook.md that says how. */
export class Alarms extends Construct {
  readonly #topics: readonly ITopic[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { email, topicArn } = props;
    this.#topics = [
      ...(email === undefined ? [] : [this.#mailTopic(email)]),
      ...(topicArn === undefined ? [] : [Topic.fromTopicArn(this, 'GivenTopic', topicArn)]),
    ];

    for (const queue of props.queues) this.#watchDeadLetters(queue);
    this.#add('AdmitBacklogAlarm', {
      metric: props.admitQueue.metricApproximateAgeOfOldestMessage(PERIOD),
      above: Duration.minutes(5).toSeconds(),
      periods: 2,
      whatToDo:
        'Photos wait to be written down, those of all tenants alike: see if AdmitFunction fails or is throttled.',
      section: 'admit-backlog',
    });
    this.#add('DescribeBacklogAlarm', {
      metric: props.describeQueue.metricApproximateAgeOfOldestMessage(PERIOD),
      above: Duration.minutes(30).toSeconds(),
      periods: 3,
      whatToDo: 'Photos wait to be described: see if a bulk load explains it or the model throttles.',
      section: 'describe-backlog',
    });
    this.#add('RemoveBacklogAlarm', {
      metric: props.removeQueue.metricApproximateAgeOfOldestMessage(PERIOD),
      above: Duration.minutes(30).toSeconds(),
      periods: 2,
      whatToDo:
        'Photos that were deleted in the bucket can still be found: see if somebody deletes many, or RemoveFunction fails.',
      section: 'remove-backlog',
    });
    this.#add('IndexBacklogAlarm', {
      metric: props.indexQueue.metricApproximateAgeOfOldestMessage(PERIOD),
      above: Duration.minutes(5).toSeconds(),
      periods: 2,
      whatToDo: 'Described photos are not searchable yet: look for failing commits of a manifest.',
      section: 'index-backlog',
    });
    this.#add('BulkIndexBacklogAlarm', {
      metric: props.bulkIndexQueue.metricApproximateAgeOfOldestMessage(PERIOD),
      above: Duration.hours(2).toSeconds(),
      periods: 2,
      whatToDo: 'Imported documents wait for two hours: see if a load explains it, or commits fail.',
      section: 'index-backlog',
    });
    const { admitQueue, describeQueue, removeQueue, indexQueue, bulkIndexQueue } = props;
    const watched = new Set([admitQueue, describeQueue, removeQueue, indexQueue, bulkIndexQueue]);
    for (const queue of props.queues) if (!watched.has(queue)) this.#watchAge(queue);
    this.#add('ApiServerErrorsAlarm', {
      metric: props.httpApi.metricServerError({ ...PERIOD, statistic: Stats.SUM }),
      above: 0,
      whatToDo:
        'Callers got 5xx: find the request id in the access log, then its error in the log of the API.',
      section: 'api-errors',
    });
    for (const worker of [props.admit, props.describe]) this.#watchStrays(worker);
    for (const reader of props.readers) this.#watchItems(reader);
    this.#watchCount(props.sweep, 'IndexWrong', 'IndexWrongAlarm', {
      whatToDo:
        'An index lacks images that it should have, or cannot be read: the log of SweepFunction names its tenant.',
      section: 'the-index-of-a-tenant-is-lost-or-restored',
    });
    // Who waits for a budget waits for its tenant or for the month, and is nobody's alarm.
    this.#add('WaitingForModelAlarm', {
      metric: props.sweep.ownMetric('OldestWaitsForModel', { ...PERIOD, statistic: Stats.MAXIMUM }),
      above: Duration.hours(6).toSeconds(),
      periods: 3,
      whatToDo: 'Photos wait for the model since six hours: see which quota is used up, and ask for more.',
      section: 'photos-that-wait',
    });
    for (const worker of props.functions) this.#watchFunction(worker);
  }

  #watchDeadLetters(queue: WorkQueue): void {
    this.#add(`${queue.deadLetters.node.id}Alarm`, {
      metric: queue.deadLetters.metricApproximateNumberOfMessagesVisible({
        ...PERIOD,
        statistic: Stats.MAXIMUM,
      }),
      above: 0,
      whatToDo: `${queue.node.id} gave messages up: read one, remove its cause, redrive within 14 days.`,
      section: 'dead-letters',
    });
  }

  /** Of queues that nobody waits for: long before SQS drops what waits (infra/work-queue.ts). */
  #watchAge(queue: WorkQueue): void {
    this.#add(`${queue.node.id}AgeAlarm`, {
      metric: queue.metricApproximateAgeOfOldestMessage(PERIOD),
      above: Duration.days(1).toSeconds(),
      periods: 2,
      whatToDo: `Work has waited in ${queue.node.id} for a day: see if its function fails or is throttled. SQS drops it after ten days.`,
      section: 'old-work',
    });
  }

  #watchStrays(worker: GlossFunction): void {
    this.#watchCount(worker, 'ImagesStray', `${worker.node.id}StraysAlarm`, {
      whatToDo:
        'Photos came for a tenant that is not there: list them, give them to their tenant, or let them go.',
      section: 'strays',
    });
  }

  #watchItems(reader: GlossFunction): void {
    this.#watchCount(reader, 'UnreadableItem', `${reader.node.id}UnreadableItemsAlarm`, {
      whatToDo: `${reader.node.id} read an item that is damaged, such as the record of an image: its log names it.`,
      section: 'unreadable-items',
    });
  }

  /** Each function counts under its own name. Their sum would be missing wherever one has counted nothing. */
  #watchCount(
    worker: GlossFunction,
    metricName: string,
    id: string,
    told: Pick<Condition, 'whatToDo' | 'section'>,
  ): void {
    const metric = worker.ownMetric(metricName, { ...PERIOD, statistic: Stats.SUM });
    this.#add(id, { metric, above: 0, ...told });
  }

  #watchFunction(worker: GlossFunction): void {
    this.#add(`${worker.node.id}ErrorsAlarm`, {
      metric: worker.metricErrors(PERIOD),
      above: 0,
      periods: 2,
      whatToDo: `${worker.node.id} throws, runs out of time or of memory: read its log from the first error on.`,
      section: 'function-errors',
    });
    this.#add(`${worker.node.id}ThrottlesAlarm`, {
      metric: worker.metricThrottles(PERIOD),
      above: 0,
      periods: 2,
      whatToDo: `Lambda refuses to run ${worker.node.id}: see who uses up the account's concurrency, ask for more.`,
      section: 'throttles',
    });
  }

  #add(id: string, { metric, above, periods = 1, whatToDo, section }: Condition): void {
    const alarm = new Alarm(this, id, {
      alarmDescription: `${whatToDo} Runbook: docs/runbook.md#${section}`,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(...this.#topics.map((topic) => new SnsAction(topic)));
  }

  #mailTopic(email: string): Topic {
    const topic = new Topic(this, 'AlarmTopic', { enforceSSL: true });
    topic.addSubscription(new EmailSubscription(email));
    // A policy of its own takes the place of the one that lets the account's alarms publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    return topic;
  }
}
