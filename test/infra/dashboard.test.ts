import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { propertiesOf, synthesized } from './synthesized.ts';

const HANDLERS = join(import.meta.dirname, '../../functions/handlers');
const template = synthesized({
  modelIds: ['us.amazon.nova-2-lite-v1:0', 'eu.amazon.nova-pro-v1:0'],
});

type Metric = readonly [namespace: string, name: string, ...rest: unknown[]];
interface Widget {
  readonly type: 'text' | 'metric' | 'log';
  readonly properties: { readonly metrics?: readonly Metric[]; readonly query?: string };
}

/** What CloudFormation fills in stands here by its name: `{DescribeQueue}`. */
const filledIn = (part: unknown): string =>
  typeof part === 'string'
    ? part
    : `{${/"(?:Ref|Fn::GetAtt)":\[?"([\w:]+)"/.exec(JSON.stringify(part))![1]!}}`;

const [{ DashboardBody }] = Object.values(
  propertiesOf(template, 'AWS::CloudWatch::Dashboard'),
) as unknown as [{ readonly DashboardBody: { readonly 'Fn::Join': readonly [string, readonly unknown[]] } }];
const { widgets } = JSON.parse(DashboardBody['Fn::Join'][1].map(filledIn).join('')) as {
  readonly widgets: readonly Widget[];
};
const metrics = widgets.flatMap(({ properties }) => properties.metrics ?? []);
/** Of one namespace, `<name> <value of each dimension>`. */
const shownOf = (namespace: string) =>
  metrics
    .filter(([of]) => of === namespace)
    .map(([, name, ...rest]) =>
      [name, ...rest.filter((one, i) => typeof one === 'string' && i % 2)].join(' '),
    );

it('shows how long work waits in each queue, and the dead letters of each', () => {
  const queues = Object.keys(propertiesOf(template, 'AWS::SQS::Queue'));
  const measured = (name: string) =>
    name.endsWith('Queue') ? 'ApproximateAgeOfOldestMessage' : 'ApproximateNumberOfMessagesVisible';
  expect(shownOf('AWS/SQS').toSorted()).toEqual(
    queues.map((name) => `${measured(name)} {${name}}`).toSorted(),
  );
});

it('shows time, errors and throttles of each function', () => {
  const functions = Object.keys(propertiesOf(template, 'AWS::Lambda::Function'));
  const shown = functions.flatMap((name) =>
    ['Duration', 'Errors', 'Throttles'].map((metric) => `${metric} {${name}}`),
  );
  expect(shownOf('AWS/Lambda').toSorted()).toEqual(shown.toSorted());
});

it('shows the units of each table, and each model', () => {
  const tables = Object.keys(propertiesOf(template, 'AWS::DynamoDB::Table'));
  const units = tables.flatMap((name) =>
    ['Read', 'Write'].map((kind) => `Consumed${kind}CapacityUnits {${name}}`),
  );
  expect(shownOf('AWS/DynamoDB').toSorted()).toEqual(units.toSorted());
  for (const model of ['us.amazon.nova-2-lite-v1:0', 'eu.amazon.nova-pro-v1:0'])
    expect(shownOf('AWS/Bedrock')).toContain(`InvocationThrottles ${model}`);
});

it('shows of what functions count themselves only what they count', () => {
  const own = shownOf('Gloss');
  expect(own.length).toBeGreaterThan(5);
  const sources = new Map(
    readdirSync(HANDLERS).map((file) => [
      `gloss-${file.replace('-handler.ts', '')}`,
      readFileSync(join(HANDLERS, file), 'utf8'),
    ]),
  );
  for (const metric of own) {
    const [name, service] = metric.split(' ') as [string, string];
    expect(sources.get(service), metric).toMatch(new RegExp(`\\b${name}\\b`));
  }
});

it('asks the logs for failures by reason and refusals by status', () => {
  const queries = widgets.filter(({ type }) => type === 'log').map(({ properties }) => properties.query!);
  expect(queries).toEqual([
    expect.stringMatching(
      /^SOURCE '{DescribeFunctionLogs}' \| filter message = 'image failed'\n\| stats count\(\*\) as pictures by code/,
    ),
    expect.stringMatching(
      /^SOURCE '{AccessLogs}' \| filter status >= 400\n\| stats count\(\*\) as requests by status/,
    ),
  ]);
});
