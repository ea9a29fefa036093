import { Duration } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  Metric,
  Stats,
  TextWidget,
  type IMetric,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { GlossFunction } from './gloss-function.ts';
import type { SearchApi } from './search-api.ts';
import type { WorkQueue } from './work-queue.ts';

interface DashboardProps {
  readonly queues: readonly WorkQueue[];
  readonly functions: readonly GlossFunction[];
  readonly tables: readonly Table[];
  readonly api: SearchApi;
  readonly modelIds: readonly string[];
}

const PERIOD = { period: Duration.minutes(5) };
const SUM = { ...PERIOD, statistic: Stats.SUM };
const HALF = 12;

/** How the service is, on one page of CloudWatch: what people wait for first, then what it takes. docs/runbook.md reads it. */
export class GlossDashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    new Dashboard(this, 'Dashboard', {
      defaultInterval: Duration.days(1),
      widgets: [
        [text('What each alarm means, and what to do, is in docs/runbook.md.')],
        [pictures(props), waits(props)],
        [failures(props), deadLetters(props)],
        [answers(props), requests(props)],
        [refusals(props), model(props)],
        [units(props, 'Read'), units(props, 'Write')],
        [durations(props), troubles(props)],
      ],
    });
  }
}

/** The function of a name, as it is in functions/. */
function named(name: string, { functions }: DashboardProps): GlossFunction {
  const found = functions.find(({ node }) => node.id === `${name}Function`);
  if (!found) throw new Error(`no function is called ${name}`);
  return found;
}

const text = (markdown: string) => new TextWidget({ markdown, width: 2 * HALF, height: 1 });

const graph = (title: string, label: string, left: IMetric[]) =>
  new GraphWidget({ title, left, leftYAxis: { label, showUnits: false, min: 0 }, width: HALF, height: 6 });

function pictures(props: DashboardProps): IWidget {
  const counted = [
    ['Admit', 'ImagesAdmitted', 'came'],
    ['Describe', 'ImagesDescribed', 'described'],
    ['Index', 'DocumentsIndexed', 'searchable, with imported ones'],
    ['Describe', 'ImagesWaiting', 'wait for a budget or the model'],
    ['Sweep', 'ImagesWoken', 'waited, and go on'],
    ['Describe', 'ImagesFailed', 'failed'],
    ['Remove', 'ImagesRemoved', 'removed'],
  ] as const;
  return graph(
    'Pictures',
    'in five minutes',
    counted.map(([worker, metric, label]) => named(worker, props).ownMetric(metric, { ...SUM, label })),
  );
}

/** The age of the oldest picture that is not searchable yet is the longest of these. */
function waits(props: DashboardProps): IWidget {
  const longest = { ...PERIOD, statistic: Stats.MAXIMUM };
  const sweep = named('Sweep', props);
  return graph('The oldest piece of work that waits', 'seconds', [
    ...props.queues.map((queue) =>
      queue.metricApproximateAgeOfOldestMessage({ ...longest, label: queue.node.id }),
    ),
    sweep.ownMetric('OldestWaitsForModel', { ...longest, label: 'for the model' }),
    sweep.ownMetric('OldestWaitsForBudget', { ...longest, label: 'for a budget' }),
  ]);
}

function failures(props: DashboardProps): IWidget {
  return new LogQueryWidget({
    title: 'Pictures that failed, by reason',
    logGroupNames: [named('Describe', props).logGroup.logGroupName],
    queryLines: [
      "filter message = 'image failed'",
      'stats count(*) as pictures by code',
      'sort pictures desc',
    ],
    view: LogQueryVisualizationType.TABLE,
    width: HALF,
    height: 6,
  });
}

function deadLetters({ queues }: DashboardProps): IWidget {
  return graph(
    'Dead letters',
    'messages',
    queues.map(({ deadLetters: letters }) =>
      letters.metricApproximateNumberOfMessagesVisible({
        ...PERIOD,
        statistic: Stats.MAXIMUM,
        label: letters.node.id,
      }),
    ),
  );
}

function answers({ api }: DashboardProps): IWidget {
  const of = (statistic: string) => api.httpApi.metricLatency({ ...PERIOD, statistic, label: statistic });
  return graph('Time to an answer of the API', 'milliseconds', [of('p50'), of('p99')]);
}

function requests({ api: { httpApi } }: DashboardProps): IWidget {
  return graph('Requests to the API', 'in five minutes', [
    httpApi.metricCount({ ...SUM, label: 'all' }),
    httpApi.metricClientError({ ...SUM, label: '4xx' }),
    httpApi.metricServerError({ ...SUM, label: '5xx' }),
  ]);
}

/** Which of the 4xx: 429 is a rate or a quota that is used up. */
function refusals({ api }: DashboardProps): IWidget {
  return new LogQueryWidget({
    title: 'Requests refused, by status',
    logGroupNames: [api.accessLogs.logGroupName],
    queryLines: ['filter status >= 400', 'stats count(*) as requests by status', 'sort requests desc'],
    view: LogQueryVisualizationType.TABLE,
    width: HALF,
    height: 6,
  });
}

/** Bedrock counts by the id that it is asked under. */
function model({ modelIds }: DashboardProps): IWidget {
  const of = (metricName: string, modelId: string, label: string) =>
    new Metric({
      namespace: 'AWS/Bedrock',
      metricName,
      dimensionsMap: { ModelId: modelId },
      ...SUM,
      label: modelIds.length > 1 ? `${label}, ${modelId}` : label,
    });
  return graph(
    'The model',
    'in five minutes',
    modelIds.flatMap((modelId) => [
      of('Invocations', modelId, 'answers'),
      of('InvocationThrottles', modelId, 'refused for load'),
      of('InvocationClientErrors', modelId, 'refused'),
      of('InvocationServerErrors', modelId, 'failed'),
    ]),
  );
}

function units({ tables }: DashboardProps, kind: 'Read' | 'Write'): IWidget {
  return graph(
    `${kind} units of DynamoDB`,
    'in five minutes',
    tables.map((table) => table.metric(`Consumed${kind}CapacityUnits`, { ...SUM, label: table.node.id })),
  );
}

function durations({ functions }: DashboardProps): IWidget {
  return graph(
    'Functions: time of an invocation, p99',
    'milliseconds',
    functions.map((one) => one.metricDuration({ ...PERIOD, statistic: 'p99', label: one.node.id })),
  );
}

function troubles({ functions }: DashboardProps): IWidget {
  return graph('Functions: errors and throttles', 'in five minutes', [
    ...functions.map((one) => one.metricErrors({ ...SUM, label: `${one.node.id}, errors` })),
    ...functions.map((one) => one.metricThrottles({ ...SUM, label: `${one.node.id}, throttled` })),
  ]);
}
