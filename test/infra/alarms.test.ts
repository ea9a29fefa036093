import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { propertiesOf, synthesized } from './synthesized.ts';

const FUNCTIONS = join(import.meta.dirname, '../../functions');
const alarms = propertiesOf(synthesized(), 'AWS::CloudWatch::Alarm');

const deadLetters = Object.entries(propertiesOf(synthesized(), 'AWS::SQS::Queue')).flatMap(
  ([name, { RedrivePolicy }]) =>
    RedrivePolicy === undefined
      ? []
      : [[name, (RedrivePolicy as { deadLetterTargetArn: { 'Fn::GetAtt': [string] } }).deadLetterTargetArn]],
) as [string, { 'Fn::GetAtt': [string] }][];

test('every queue that is worked through has dead letters, and no two share them', () => {
  expect(deadLetters.length).toBeGreaterThanOrEqual(10);
  expect(new Set(deadLetters.map(([, target]) => target['Fn::GetAtt'][0])).size).toBe(deadLetters.length);
});

test.each(deadLetters)('one dead letter of %s is enough', (_, { 'Fn::GetAtt': [name] }) => {
  expect(alarms[`${name}Alarm`]).toMatchObject({
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [name, 'QueueName'] } }],
    Statistic: 'Maximum',
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 0,
  });
});

test.each(['Admit', 'Describe', 'Remove', 'Index', 'BulkIndex'])(
  '%sQueue is watched for work that waits',
  (name) => {
    expect(alarms[`${name}BacklogAlarm`]).toMatchObject({
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [`${name}Queue`, 'QueueName'] } }],
    });
  },
);

const DAY_SEC = 86_400;

test('no work is dropped before somebody has heard that it waits, and becomes a dead letter that is kept for days', () => {
  const queues = propertiesOf(synthesized(), 'AWS::SQS::Queue') as Record<
    string,
    { MessageRetentionPeriod: number }
  >;
  for (const [
    name,
    {
      'Fn::GetAtt': [letters],
    },
  ] of deadLetters) {
    const ages = Object.values(alarms).filter(
      ({ MetricName, Dimensions }) =>
        MetricName === 'ApproximateAgeOfOldestMessage' && JSON.stringify(Dimensions).includes(`"${name}"`),
    );
    expect(ages, name).toHaveLength(1);
    const kept = queues[name]!.MessageRetentionPeriod;
    expect(ages[0]!.Threshold).toBeLessThanOrEqual(kept - 9 * DAY_SEC);
    // SQS counts from the first sending, and the longest way to the dead letters takes half a day (docs/reliability.md).
    expect(queues[letters]!.MessageRetentionPeriod - kept).toBeGreaterThan(3 * DAY_SEC);
  }
});

test.each(['Admit', 'Describe', 'Decode', 'Remove', 'Index', 'Merge', 'Notify', 'Ping', 'Api'])(
  '%sFunction is watched for errors and throttles',
  (name) => {
    for (const metric of ['Errors', 'Throttles']) {
      expect(alarms[`${name}Function${metric}Alarm`]).toMatchObject({
        MetricName: metric,
        Dimensions: [{ Name: 'FunctionName', Value: { Ref: `${name}Function` } }],
        Statistic: 'Sum',
      });
    }
  },
);

test('the API is watched for 5xx', () => {
  expect(alarms.ApiServerErrorsAlarm).toMatchObject({
    MetricName: '5xx',
    Dimensions: [{ Name: 'ApiId', Value: { Ref: 'HttpApi' } }],
  });
});

/** Counted by whoever reads items. These pass over them; a worker that stops at one has dead letters, and a rebuild says so. */
const PASSING_OVER: Readonly<Record<string, readonly string[]>> = {
  UnreadableItem: ['api', 'sweep', 'notify'],
};

test('what functions count and an alarm watches is watched for each function that counts it', async () => {
  const handlers = await readdir(join(FUNCTIONS, 'handlers'));
  const names = Object.values(alarms).flatMap(({ Namespace, MetricName }) =>
    Namespace === 'Gloss' ? [String(MetricName)] : [],
  );
  expect(names).not.toEqual([]);
  for (const metric of new Set(names)) {
    const counting: string[] = [...(PASSING_OVER[metric] ?? [])];
    for (const file of handlers) {
      const source = await readFile(join(FUNCTIONS, 'handlers', file), 'utf8');
      if (new RegExp(`\\b${metric}\\b`).test(source)) counting.push(file.replace('-handler.ts', ''));
    }
    const watched = Object.values(alarms).filter(({ MetricName }) => MetricName === metric);
    const dimensions = watched.map(({ Dimensions }) => Dimensions);
    expect(dimensions).toEqual(counting.map((name) => [{ Name: 'service', Value: `gloss-${name}` }]));
  }
});

test('each alarm says what to do and where the runbook says more; silence is no alarm', () => {
  for (const alarm of Object.values(alarms)) {
    expect(alarm.AlarmDescription).toMatch(/^[A-Z].{30,}\. Runbook: docs\/runbook\.md#[a-z]+(-[a-z]+)*$/);
    expect(alarm.TreatMissingData).toBe('notBreaching');
    expect(alarm).not.toHaveProperty('AlarmActions');
  }
});

test('with an address every alarm is mailed, by a topic that alarms may publish to', () => {
  const template = synthesized({ alarmEmail: 'ops@example.com' });
  for (const alarm of Object.values(propertiesOf(template, 'AWS::CloudWatch::Alarm'))) {
    expect(alarm.AlarmActions).toEqual([{ Ref: 'AlarmTopic' }]);
  }
  expect(Object.values(propertiesOf(template, 'AWS::SNS::Subscription'))).toEqual([
    { Endpoint: 'ops@example.com', Protocol: 'email', TopicArn: { Ref: 'AlarmTopic' } },
  ]);
  const [policy] = Object.values(propertiesOf(template, 'AWS::SNS::TopicPolicy'));
  expect(policy?.PolicyDocument).toMatchObject({
    Statement: expect.arrayContaining([
      expect.objectContaining({
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
      }),
    ]) as unknown,
  });
});

test('every alarm names a section that the runbook has', async () => {
  const runbook = await readFile(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
  const headings = Array.from(runbook.matchAll(/^## (.+)$/gm), ([, title]) =>
    title!.toLowerCase().replaceAll(' ', '-'),
  );
  for (const { AlarmDescription } of Object.values(alarms)) {
    const anchor = /docs\/runbook\.md#([\w-]+)/.exec(String(AlarmDescription))?.[1];
    expect(headings).toContain(anchor);
  }
});
