import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { FUNCTIONS, propertiesOf, synthesized } from './synthesized.ts';

const json = synthesized();
const template = Template.fromJSON(json);

/** Names of queues, and of the functions that they feed. */
const QUEUES = [
  ...['Admit', 'Describe', 'Remove', 'Index', 'Merge', 'Reindex', 'Purge', 'Sweep', 'Notify'].map(
    (name) => [name, name] as const,
  ),
  ['BulkIndex', 'Index'] as const,
  ['Wake', 'Sweep'] as const,
];

describe('queues', () => {
  test('each has its dead letters', () => {
    expect(Object.keys(propertiesOf(json, 'AWS::SQS::Queue')).sort()).toEqual(
      QUEUES.flatMap(([name]) => [`${name}Queue`, `${name}DeadLetters`]).sort(),
    );
  });

  test.each([
    ['Admit', 5],
    ['Describe', 5],
    ['Remove', 8],
    ['Index', 8],
    ['Merge', 8],
    ['Reindex', 8],
    ['Purge', 8],
    ['Sweep', 8],
    ['Wake', 8],
    ['Notify', 8],
  ])('%s gives a message up after %i deliveries and keeps it 14 days', (name, maxReceiveCount) => {
    const queues = propertiesOf(json, 'AWS::SQS::Queue');
    expect(queues[`${name}Queue`]).toMatchObject({
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': [`${name}DeadLetters`, 'Arn'] },
        maxReceiveCount,
      },
      SqsManagedSseEnabled: true,
    });
    expect(queues[`${name}DeadLetters`]).toMatchObject({
      MessageRetentionPeriod: 14 * 24 * 60 * 60,
      SqsManagedSseEnabled: true,
    });
  });

  test('MAX_RECEIVES is the count of the queue', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ BUCKET: { Ref: 'Bucket' }, MAX_RECEIVES: '5' }) },
    });
  });

  test.each(QUEUES)('%s hides a message for six times the timeout of its function', (name, worker) => {
    const timeoutSec = propertiesOf(json, 'AWS::Lambda::Function')[`${worker}Function`]?.Timeout as number;
    expect(propertiesOf(json, 'AWS::SQS::Queue')[`${name}Queue`]).toMatchObject({
      VisibilityTimeout: 6 * timeoutSec,
    });
  });

  test.each([
    ['Describe', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 20 } }],
    [
      'Remove',
      { BatchSize: 100, MaximumBatchingWindowInSeconds: 1, ScalingConfig: { MaximumConcurrency: 2 } },
    ],
    [
      'Index',
      { BatchSize: 100, MaximumBatchingWindowInSeconds: 1, ScalingConfig: { MaximumConcurrency: 2 } },
    ],
    ['Merge', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } }],
    ['Reindex', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } }],
    ['Purge', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } }],
    ['Sweep', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } }],
    ['Notify', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 20 } }],
  ])('%s is worked through by its function', (name, settings) => {
    expect(propertiesOf(json, 'AWS::Lambda::EventSourceMapping')[`${name}FunctionMapping`]).toEqual({
      ...settings,
      EventSourceArn: { 'Fn::GetAtt': [`${name}Queue`, 'Arn'] },
      FunctionName: { Ref: `${name}Function` },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });
});

describe('functions', () => {
  test.each([
    ['Describe', 512, 120],
    ['Decode', 3008, 75],
    ['Remove', 512, 60],
    ['Index', 1024, 60],
    ['Merge', 3008, 900],
    ['Reindex', 3008, 900],
    ['Segments', 512, 15],
    ['Purge', 512, 900],
    ['Sweep', 512, 900],
    ['Notify', 512, 30],
    ['Ping', 512, 10],
    ['Api', 1024, 20],
  ])('%s has %i MB and %i s', (name, memoryMb, timeoutSec) => {
    expect(propertiesOf(json, 'AWS::Lambda::Function')[`${name}Function`]).toMatchObject({
      MemorySize: memoryMb,
      Timeout: timeoutSec,
    });
  });

  test('there are thirteen, all on arm64 and Node 24, traced, logging JSON for 30 days', () => {
    const functions = propertiesOf(json, 'AWS::Lambda::Function');
    expect(Object.keys(functions).sort()).toEqual(FUNCTIONS.map((name) => `${name}Function`).sort());
    for (const [id, properties] of Object.entries(functions)) {
      expect(properties).toMatchObject({
        Architectures: ['arm64'],
        Runtime: 'nodejs24.x',
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: `${id}Logs` } },
      });
    }
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });

  test.each(FUNCTIONS)('%s names the source that it is bundled from', (name) => {
    expect(json.Resources[`${name}Function`]?.Metadata).toEqual({
      'gloss:entry': `functions/${name.toLowerCase()}.ts`,
    });
  });
});

describe('what must not be lost', () => {
  test.each(['ImagesTable', 'IndexTable', 'TenantsTable'])('%s can be restored and not be deleted', (id) => {
    expect(json.Resources[id]).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(propertiesOf(json, 'AWS::DynamoDB::Table')[id]).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    });
  });

  test('the bucket stays, encrypted and closed to the public', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketEncryption: Match.anyValue(),
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
  });
});

describe('notifications', () => {
  const uploads = { S3Key: { Rules: [{ Name: 'prefix', Value: 'uploads/' }] } };

  test('uploads come to AdmitQueue, removals to RemoveQueue, nothing else anywhere', () => {
    expect(propertiesOf(json, 'AWS::S3::Bucket').Bucket?.NotificationConfiguration).toEqual({
      QueueConfigurations: [
        { Event: 's3:ObjectCreated:*', Filter: uploads, Queue: { 'Fn::GetAtt': ['AdmitQueue', 'Arn'] } },
        { Event: 's3:ObjectRemoved:*', Filter: uploads, Queue: { 'Fn::GetAtt': ['RemoveQueue', 'Arn'] } },
      ],
    });
  });

  test.each(['Admit', 'Remove'])(
    'S3 may send to %sQueue, for this account, before the bucket is made',
    (name) => {
      template.hasResourceProperties('AWS::SQS::QueuePolicy', {
        Queues: [{ Ref: `${name}Queue` }],
        PolicyDocument: {
          Statement: Match.arrayWith([
            {
              Effect: 'Allow',
              Principal: { Service: 's3.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: { 'Fn::GetAtt': [`${name}Queue`, 'Arn'] },
              Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
            },
          ]),
        },
      });
      template.hasResource('AWS::S3::Bucket', { DependsOn: Match.arrayWith([`${name}QueuePolicy`]) });
    },
  );
});

describe('schedules', () => {
  test.each([
    ['SweepImages', 'rate(1 day)', 'images'],
    ['SweepDocuments', 'rate(1 day)', 'documents'],
    ['SweepPostings', 'rate(6 hours)', 'postings'],
    ['SweepSegments', 'rate(1 day)', 'segments'],
  ])('%s comes at %s', (name, rate, task) => {
    expect(propertiesOf(json, 'AWS::Scheduler::Schedule')[`${name}Schedule`]).toEqual({
      ScheduleExpression: rate,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: { 'Fn::GetAtt': ['SweepQueue', 'Arn'] },
        RoleArn: { 'Fn::GetAtt': [`${name}ScheduleRole`, 'Arn'] },
        Input: JSON.stringify({ task }),
      },
    });
  });
});

test('every request goes to the API function, as payload 2.0, throttled', () => {
  template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
    RouteKey: '$default',
    Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'HttpApiDefaultRouteFunction' }]] },
  });
  template.hasResourceProperties('AWS::ApiGatewayV2::Integration', {
    IntegrationUri: { 'Fn::GetAtt': ['ApiFunction', 'Arn'] },
    PayloadFormatVersion: '2.0',
  });
  template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
    StageName: '$default',
    AccessLogSettings: Match.objectLike({ DestinationArn: { 'Fn::GetAtt': ['AccessLogs', 'Arn'] } }),
    DefaultRouteSettings: { ThrottlingRateLimit: Match.anyValue(), ThrottlingBurstLimit: Match.anyValue() },
  });
});

test('the outputs are what the command line needs', () => {
  expect(Object.entries(json.Outputs).map(([id, { Value }]) => [id, Value])).toEqual([
    ['ApiUrl', { 'Fn::GetAtt': ['HttpApi', 'ApiEndpoint'] }],
    ['BucketName', { Ref: 'Bucket' }],
    ['TenantsTableName', { Ref: 'TenantsTable' }],
  ]);
});
