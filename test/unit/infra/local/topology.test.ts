import { describe, expect, test } from 'vitest';
import { parseTemplate } from '../../../../infra/local/template.ts';
import { readTopology } from '../../../../infra/local/topology.ts';
import golden from '../../../infra/golden-template.json' with { type: 'json' };

const SITE = { stackName: 'Gloss', sqsEndpoint: 'http://127.0.0.1:9324', apiUrl: 'http://127.0.0.1:8080' };
const url = (queue: string) => `http://127.0.0.1:9324/000000000000/Gloss-${queue}`;

const read = (Resources: object) => readTopology(parseTemplate({ Resources }), SITE);

describe('of the service', () => {
  const topology = readTopology(parseTemplate(golden), SITE);

  test('has three tables with string keys pk and sk', () => {
    expect(topology.tables.map(({ name }) => name).sort()).toEqual([
      'Gloss-ImagesTable',
      'Gloss-IndexTable',
      'Gloss-TenantsTable',
    ]);
    for (const { keySchema, attributes } of topology.tables) {
      expect(keySchema).toEqual([
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ]);
      expect(attributes).toEqual([
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ]);
    }
  });

  test('has queues with dead letters, visible again after six timeouts of their function', () => {
    const work = topology.queues.filter(({ attributes }) => 'RedrivePolicy' in attributes);
    const figures = work.map(({ name, attributes }) => {
      const redrive = JSON.parse(attributes.RedrivePolicy!) as {
        deadLetterTargetArn: string;
        maxReceiveCount: number;
      };
      expect(redrive.deadLetterTargetArn).toBe(
        `arn:aws:sqs:us-east-1:000000000000:${name.replace('Queue', 'DeadLetters')}`,
      );
      return [name, attributes.VisibilityTimeout, redrive.maxReceiveCount];
    });
    expect(figures.sort()).toEqual([
      ['Gloss-AdmitQueue', '180', 5],
      ['Gloss-BulkIndexQueue', '360', 8],
      ['Gloss-DescribeQueue', '720', 5],
      ['Gloss-IndexQueue', '360', 8],
      ['Gloss-MergeQueue', '5400', 8],
      ['Gloss-NotifyQueue', '180', 8],
      ['Gloss-PurgeQueue', '5400', 8],
      ['Gloss-ReindexQueue', '5400', 8],
      ['Gloss-RemoveQueue', '360', 8],
      ['Gloss-SweepQueue', '5400', 8],
      ['Gloss-WakeQueue', '5400', 8],
    ]);
  });

  test('has a bucket that tells of uploads', () => {
    expect(topology.buckets).toEqual([
      {
        name: 'gloss-bucket',
        versioned: true,
        notifications: [
          { event: 's3:ObjectCreated:*', prefix: 'uploads/', suffix: '', queueUrl: url('AdmitQueue') },
          { event: 's3:ObjectRemoved:*', prefix: 'uploads/', suffix: '', queueUrl: url('RemoveQueue') },
        ],
      },
    ]);
  });

  test('has schedules that write to the queues of sweeps and of what waits', () => {
    const byName = topology.schedules.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(byName).toEqual([
      {
        name: 'SweepDocumentsSchedule',
        everyMs: 86_400_000,
        queueUrl: url('SweepQueue'),
        message: '{"task":"documents"}',
      },
      {
        name: 'SweepImagesSchedule',
        everyMs: 86_400_000,
        queueUrl: url('SweepQueue'),
        message: '{"task":"images"}',
      },
      {
        name: 'SweepKeysSchedule',
        everyMs: 86_400_000,
        queueUrl: url('SweepQueue'),
        message: '{"task":"keys"}',
      },
      {
        name: 'SweepObjectsSchedule',
        everyMs: 86_400_000,
        queueUrl: url('SweepQueue'),
        message: '{"task":"objects"}',
      },
      {
        name: 'SweepPostingsSchedule',
        everyMs: 21_600_000,
        queueUrl: url('SweepQueue'),
        message: '{"task":"postings"}',
      },
      {
        name: 'SweepSegmentsSchedule',
        everyMs: 86_400_000,
        queueUrl: url('SweepQueue'),
        message: '{"task":"segments"}',
      },
      {
        name: 'SweepStraysSchedule',
        everyMs: 86_400_000,
        queueUrl: url('SweepQueue'),
        message: '{"task":"strays"}',
      },
      {
        name: 'SweepThumbnailsSchedule',
        everyMs: 2_592_000_000,
        queueUrl: url('SweepQueue'),
        message: '{"task":"thumbnails"}',
      },
      {
        name: 'WakeImagesSchedule',
        everyMs: 300_000,
        queueUrl: url('WakeQueue'),
        message: '{"task":"waiting"}',
      },
    ]);
  });

  test('has its functions with resolved environments', () => {
    expect(
      topology.functions.map(({ logicalId, entry, exportName, timeoutMs, memoryMb }) =>
        [logicalId, entry, exportName, timeoutMs, memoryMb].join(' '),
      ),
    ).toEqual(
      expect.arrayContaining([
        'DecodeFunction functions/decode.ts handler 75000 3008',
        'AdmitFunction functions/admit.ts handler 30000 512',
        'DescribeFunction functions/describe.ts handler 120000 512',
        'IndexFunction functions/index.ts handler 60000 1024',
        'MergeFunction functions/merge.ts handler 900000 3008',
        'ReindexFunction functions/reindex.ts handler 900000 3008',
        'RemoveFunction functions/remove.ts handler 60000 512',
        'ApiFunction functions/api.ts handler 20000 1024',
      ]),
    );
    const api = topology.functions.find(({ logicalId }) => logicalId === 'ApiFunction')!;
    expect(api.environment).toMatchObject({
      BUCKET: 'gloss-bucket',
      IMAGES_TABLE: 'Gloss-ImagesTable',
      INDEX_QUEUE_URL: url('IndexQueue'),
      MAX_IMAGE_BYTES: '104857600',
    });
  });

  test('has event sources with batch, window and concurrency', () => {
    const figures = topology.mappings.map(({ functionId, queueUrl, batchSize, windowMs, maxConcurrency }) => [
      functionId,
      queueUrl,
      batchSize,
      windowMs,
      maxConcurrency,
    ]);
    expect(figures).toEqual(
      expect.arrayContaining([
        ['AdmitFunction', url('AdmitQueue'), 10, 0, 10],
        ['DescribeFunction', url('DescribeQueue'), 1, 0, 20],
        ['IndexFunction', url('IndexQueue'), 100, 1000, 2],
        ['IndexFunction', url('BulkIndexQueue'), 100, 1000, 2],
        ['MergeFunction', url('MergeQueue'), 1, 0, 2],
        ['ReindexFunction', url('ReindexQueue'), 1, 0, 2],
        ['RemoveFunction', url('RemoveQueue'), 100, 1000, 2],
      ]),
    );
    expect(topology.mappings.every(({ reportsFailures }) => reportsFailures)).toBe(true);
  });

  test('answers HTTP by the api function', () => {
    expect(topology.httpFunctionId).toBe('ApiFunction');
  });
});

describe('refuses', () => {
  test('types that it does not know, all of them by name', () => {
    expect(() =>
      read({
        Stream: { Type: 'AWS::Kinesis::Stream' },
        Cache: { Type: 'AWS::ElastiCache::CacheCluster' },
        Role: { Type: 'AWS::IAM::Role' },
      }),
    ).toThrow('does not know Stream (AWS::Kinesis::Stream), Cache (AWS::ElastiCache::CacheCluster)');
  });

  test('properties that it does not know', () => {
    const Properties = { KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }], AttributeDefinitions: [] };
    const withStream = { ...Properties, StreamSpecification: { StreamViewType: 'KEYS_ONLY' } };
    expect(() => read({ Table: { Type: 'AWS::DynamoDB::Table', Properties: withStream } })).toThrow(
      /Table \(AWS::DynamoDB::Table\)[^]*StreamSpecification/,
    );
  });

  test('a function without its source file', () => {
    const Properties = { Handler: 'index.handler', Runtime: 'nodejs24.x' };
    expect(() => read({ Orphan: { Type: 'AWS::Lambda::Function', Properties } })).toThrow(
      /Orphan.*gloss:entry/,
    );
  });

  test('a mapping from a queue that is not in the template', () => {
    const Properties = { EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:Elsewhere', FunctionName: 'x' };
    expect(() => read({ Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties } })).toThrow(
      'Mapping: arn:aws:sqs:us-east-1:000000000000:Elsewhere is no queue of the template',
    );
  });
});
