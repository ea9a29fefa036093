import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { propertiesOf, synthesized } from './synthesized.ts';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

const template = synthesized();
const TENANT = '${aws:PrincipalTag/tenant}';

function statementsOf(properties: Record<string, unknown>): Statement[] {
  return (properties.PolicyDocument as { Statement: Statement[] }).Statement;
}

function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/**
 * Every permission of a role's policy: action and resource as one line, e.g. `s3:GetObject Bucket/uploads/*`, for items
 * with the partition keys that it is bound to.
 */
function permissionsOf(policyId: string): string[] {
  const policy = propertiesOf(template, 'AWS::IAM::Policy')[policyId]!;
  return statementsOf(policy)
    .flatMap(({ Action, Resource, Condition }) =>
      listOf(Action).flatMap((action) =>
        listOf(Resource).map((arn) => `${action} ${nameOf(arn)}${partitionsOf(action, Condition)}`),
      ),
    )
    .sort();
}

/** The partitions that a statement on items is bound to. A statement on items that is bound to none is an error. */
function partitionsOf(action: string, condition: unknown): string {
  if (action.startsWith('s3:List')) {
    const { StringLike } = condition as { StringLike: Record<string, string> };
    return ` ${StringLike['s3:prefix']!}`;
  }
  if (!action.startsWith('dynamodb:')) return '';
  if (action === 'dynamodb:Scan') {
    expect(condition).toEqual({
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk'] },
      StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
    });
    return ' keys alone';
  }
  const { 'ForAllValues:StringLike': like, Null: isNull } = condition as Record<
    string,
    Record<string, string | string[]>
  >;
  expect(isNull).toEqual({ 'dynamodb:LeadingKeys': 'false' });
  return ` ${listOf(like!['dynamodb:LeadingKeys']!).join(' ')}`;
}

/** An ARN with its intrinsic functions read out: the logical id of what it points at, and what follows. */
function nameOf(arn: unknown): string {
  if (typeof arn === 'string') return arn;
  if (typeof arn !== 'object' || arn === null) throw new Error(`no ARN: ${JSON.stringify(arn)}`);
  if ('Ref' in arn) return `<${String(arn.Ref)}>`;
  if ('Fn::GetAtt' in arn) return (arn['Fn::GetAtt'] as string[])[0]!;
  if ('Fn::Join' in arn) return (arn['Fn::Join'] as [string, unknown[]])[1].map(nameOf).join('');
  throw new Error(`no ARN: ${JSON.stringify(arn)}`);
}

const items = (table: string, verbs: string, partitions = `${TENANT}/*`) =>
  verbs.split(' ').map((verb) => `dynamodb:${verb} ${table} ${partitions}`);

/** Searching the index and changing it. */
const commits = items('IndexTable', 'GetItem BatchGetItem Query PutItem BatchWriteItem');

/** Settings of the tenant, without a secret; writing down what it has used. */
const account = [
  ...items('TenantsTable', 'GetItem', `_tenant/${TENANT}`),
  ...items('TenantsTable', 'UpdateItem', `${TENANT}/usage`),
];
const lookingUpUsage = items('TenantsTable', 'Query', `${TENANT}/usage`);

/** Signing what a tenant's webhook is told, and counting its calls. */
const calls = [
  ...items('TenantsTable', 'GetItem', `${TENANT}/webhook`),
  ...items('TenantsTable', 'GetItem PutItem', `${TENANT}/receiver`),
];

const receiving = (name: string) =>
  ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'GetQueueUrl', 'ReceiveMessage'].map(
    (action) => `sqs:${action} ${name}Queue`,
  );

/** What every function may do, and receiving from a queue of its own. */
const common = (name: string, queue = true) => [
  `logs:CreateLogStream ${name}FunctionLogs`,
  `logs:PutLogEvents ${name}FunctionLogs`,
  'xray:PutTelemetryRecords *',
  'xray:PutTraceSegments *',
  ...(queue ? receiving(name) : []),
];

/** By a function's own role. */
const own: Readonly<Record<string, string[]>> = {
  Admit: [
    ...common('Admit'),
    ...items('TenantsTable', 'PutItem', '_strays'),
    'sqs:SendMessage DescribeQueue',
    'sqs:SendMessage NotifyQueue',
  ],
  Describe: [
    ...common('Describe'),
    ...items('TenantsTable', 'PutItem', '_strays'),
    ...items('TenantsTable', 'PutItem', '_waiting'),
    'sqs:SendMessage IndexQueue',
    'sqs:SendMessage NotifyQueue',
    'lambda:InvokeFunction DecodeFunction',
    'bedrock:InvokeModel arn:<AWS::Partition>:bedrock:<AWS::Region>:<AWS::AccountId>:inference-profile/us.amazon.nova-2-lite-v1:0',
    'bedrock:InvokeModel arn:<AWS::Partition>:bedrock:*::foundation-model/amazon.nova-2-lite-v1:0',
  ],
  Index: [
    ...common('Index'),
    ...receiving('BulkIndex'),
    'sqs:SendMessage BulkIndexQueue',
    'sqs:SendMessage MergeQueue',
    'sqs:SendMessage NotifyQueue',
  ],
  Merge: [...common('Merge'), 'sqs:SendMessage MergeQueue'],
  Reindex: [
    ...common('Reindex'),
    'lambda:InvokeFunction SegmentsFunction',
    'sqs:SendMessage MergeQueue',
    'sqs:SendMessage ReindexQueue',
  ],
  Remove: [...common('Remove'), 'sqs:SendMessage AdmitQueue', 'sqs:SendMessage NotifyQueue'],
  Sweep: [
    ...common('Sweep'),
    ...receiving('Wake'),
    ...items('TenantsTable', 'Query', '_tenants _strays _waiting'),
    ...items('TenantsTable', 'PutItem DeleteItem', '_waiting'),
    ...items('TenantsTable', 'GetItem PutItem', '_tenants'),
    ...items('TenantsTable', 'Query DeleteItem', '_key/*'),
    ...items('ImagesTable', 'Query DeleteItem', '_ended'),
    'lambda:InvokeFunction SegmentsFunction',
    's3:ListBucket Bucket uploads/',
    'sqs:SendMessage AdmitQueue',
    'sqs:SendMessage BulkIndexQueue',
    'sqs:SendMessage DescribeQueue',
    'sqs:SendMessage MergeQueue',
    'sqs:SendMessage NotifyQueue',
    'sqs:SendMessage ReindexQueue',
    'sqs:SendMessage SweepQueue',
    'sqs:SendMessage WakeQueue',
  ],
  Notify: [...common('Notify'), 'sqs:SendMessage NotifyQueue'],
  Ping: common('Ping', false),
  Purge: [
    ...common('Purge'),
    ...['ImagesTable', 'IndexTable', 'TenantsTable'].map((table) => `dynamodb:Scan ${table} keys alone`),
    ...items('TenantsTable', 'DeleteItem', '_key/*'),
    'sqs:SendMessage PurgeQueue',
  ],
  Api: [
    ...common('Api', false),
    ...items('TenantsTable', 'Query PutItem UpdateItem DeleteItem', '_key/*'),
    ...items('TenantsTable', 'GetItem BatchGetItem PutItem', '_tenant/*'),
    ...items('TenantsTable', 'Query PutItem', '_tenants'),
    ...items('TenantsTable', 'GetItem Query PutItem UpdateItem DeleteItem', '_operator/*'),
    ...items('TenantsTable', 'Query', '*/usage'),
    ...items('ImagesTable', 'PutItem', '_ended'),
    ...items('TenantsTable', 'Query', '_strays'),
    'lambda:InvokeFunction PingFunction',
    'lambda:InvokeFunction SegmentsFunction',
    'sqs:SendMessage AdmitQueue',
    'sqs:SendMessage BulkIndexQueue',
    'sqs:SendMessage IndexQueue',
    'sqs:SendMessage NotifyQueue',
    'sqs:SendMessage PurgeQueue',
    'sqs:SendMessage ReindexQueue',
  ],
};

/** Removing objects in the tenant's part of a folder, with every version. */
const removal = (folder: string) => [
  `s3:DeleteObjectVersion Bucket/${folder}/${TENANT}/*`,
  `s3:ListBucketVersions Bucket ${folder}/${TENANT}/*`,
];

/** By the role that a function takes on for a tenant: the tenant's part of these. */
const ofTenant: Readonly<Record<string, string[]>> = {
  Admit: [
    ...items('TenantsTable', 'PutItem', `_stray/${TENANT}`),
    `s3:GetObject Bucket/uploads/${TENANT}/*`,
    `s3:ListBucket Bucket uploads/${TENANT}/*`,
    ...removal('uploads'),
    ...items('ImagesTable', 'GetItem BatchGetItem PutItem UpdateItem DeleteItem'),
    ...commits,
    ...account,
  ],
  Describe: [
    ...items('TenantsTable', 'PutItem', `_stray/${TENANT}`),
    `s3:GetObject Bucket/uploads/${TENANT}/*`,
    `s3:ListBucket Bucket uploads/${TENANT}/*`,
    `s3:GetObjectVersion Bucket/uploads/${TENANT}/*`,
    ...removal('uploads'),
    `s3:PutObject Bucket/thumbnails/${TENANT}/*`,
    ...removal('thumbnails'),
    ...items('ImagesTable', 'GetItem Query PutItem UpdateItem DeleteItem BatchWriteItem'),
    ...commits,
    ...account,
    ...lookingUpUsage,
  ],
  Index: [...items('ImagesTable', 'GetItem BatchGetItem PutItem'), ...commits, ...account],
  Merge: [...commits, ...account],
  Reindex: [...items('ImagesTable', 'GetItem BatchGetItem Query'), ...commits, ...account],
  Notify: [
    ...items('ImagesTable', 'GetItem'),
    ...calls,
    ...items('TenantsTable', 'GetItem PutItem', `${TENANT}/told`),
    ...account,
  ],
  Ping: [...calls, ...items('TenantsTable', 'GetItem', `_tenant/${TENANT}`)],
  Remove: [
    `s3:GetObject Bucket/uploads/${TENANT}/*`,
    `s3:ListBucket Bucket uploads/${TENANT}/*`,
    ...removal('thumbnails'),
    ...items('ImagesTable', 'GetItem BatchGetItem Query PutItem UpdateItem DeleteItem BatchWriteItem'),
    ...commits,
    ...account,
  ],
  Sweep: [
    ...items('TenantsTable', 'Query DeleteItem', `_stray/${TENANT}`),
    `s3:GetObject Bucket/uploads/${TENANT}/*`,
    `s3:ListBucket Bucket thumbnails/${TENANT}/*`,
    `s3:ListBucket Bucket uploads/${TENANT}/*`,
    ...removal('uploads'),
    ...removal('thumbnails'),
    ...items('ImagesTable', 'GetItem BatchGetItem Query PutItem UpdateItem DeleteItem BatchWriteItem'),
    ...commits,
    ...account,
    ...lookingUpUsage,
  ],
  Purge: [
    ...removal('uploads'),
    ...removal('thumbnails'),
    ...['ImagesTable', 'IndexTable', 'TenantsTable'].flatMap((table) => items(table, 'BatchWriteItem')),
    ...items('TenantsTable', 'GetItem PutItem', `_tenant/${TENANT}`),
  ],
  Api: [
    ...items('TenantsTable', 'Query DeleteItem', `_stray/${TENANT}`),
    `s3:GetObject Bucket/uploads/${TENANT}/*`,
    `s3:ListBucket Bucket uploads/${TENANT}/*`,
    `s3:GetObjectVersion Bucket/uploads/${TENANT}/*`,
    `s3:PutObject Bucket/uploads/${TENANT}/*`,
    ...removal('uploads'),
    `s3:GetObject Bucket/thumbnails/${TENANT}/*`,
    `s3:ListBucket Bucket thumbnails/${TENANT}/*`,
    ...removal('thumbnails'),
    ...items('ImagesTable', 'GetItem BatchGetItem Query PutItem UpdateItem DeleteItem BatchWriteItem'),
    ...commits,
    ...account,
    ...lookingUpUsage,
    ...items('TenantsTable', 'GetItem Query PutItem UpdateItem DeleteItem', `${TENANT}/keys`),
    ...items('TenantsTable', 'GetItem PutItem', `${TENANT}/seal ${TENANT}/webhook`),
    ...items('TenantsTable', 'GetItem UpdateItem', `${TENANT}/rate`),
  ],
};

const FUNCTIONS = Object.keys(own);
const SCHEDULES = [
  'SweepImages',
  'SweepDocuments',
  'SweepObjects',
  'SweepThumbnails',
  'SweepStrays',
  'SweepKeys',
  'SweepSegments',
  'SweepPostings',
  'WakeImages',
];

describe('each function may do what its work takes and nothing else', () => {
  test.each(FUNCTIONS)('%s by itself', (name) => {
    const permissions = permissionsOf(`${name}FunctionRoleDefaultPolicy`);
    expect(permissions).toEqual(
      [...own[name]!, `sts:AssumeRole ${name}TenantRole`, `sts:TagSession ${name}TenantRole`].sort(),
    );
  });

  test('Decode, which decodes the pictures of strangers, writes its logs and its traces', () => {
    expect(permissionsOf('DecodeFunctionRoleDefaultPolicy')).toEqual(common('Decode', false).sort());
    expect(propertiesOf(template, 'AWS::IAM::Policy')).not.toHaveProperty('DecodeTenantRoleDefaultPolicy');
  });

  test('Segments, which looks at the keys of all tenants, sees nothing else', () => {
    expect(permissionsOf('SegmentsFunctionRoleDefaultPolicy')).toEqual(
      ['dynamodb:Scan IndexTable keys alone', ...common('Segments', false)].sort(),
    );
    expect(propertiesOf(template, 'AWS::IAM::Policy')).not.toHaveProperty('SegmentsTenantRoleDefaultPolicy');
  });

  test.each(FUNCTIONS)('%s for a tenant', (name) => {
    expect(permissionsOf(`${name}TenantRoleDefaultPolicy`)).toEqual(ofTenant[name]!.toSorted());
  });

  test.each(FUNCTIONS)('%s for a tenant reaches items only by keys that hold the whole name', (name) => {
    const permissions = permissionsOf(`${name}TenantRoleDefaultPolicy`);
    for (const permission of permissions.filter((text) => text.startsWith('dynamodb:'))) {
      const [, , ...partitions] = permission.split(' ');
      for (const partition of partitions)
        expect(partition).toMatch(
          /^(?:\$\{aws:PrincipalTag\/tenant\}\/.+|_(?:tenant|stray)\/\$\{aws:PrincipalTag\/tenant\})$/,
        );
    }
  });
});

describe('across the stack', () => {
  const policies = ['AWS::IAM::Policy', 'AWS::SQS::QueuePolicy', 'AWS::S3::BucketPolicy'].flatMap((type) =>
    Object.entries(propertiesOf(template, type)),
  );
  const allowed = policies.flatMap(([, properties]) =>
    statementsOf(properties).filter(({ Effect }) => Effect === 'Allow'),
  );

  test('no statement allows a wildcard action', () => {
    const actions = allowed.flatMap(({ Action }) => listOf(Action));
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  test('who proves that a tenant is gone and who looks for unnamed segments may scan, and nobody else', () => {
    const scanning = policies.filter(([, properties]) =>
      statementsOf(properties).some(({ Action }) => listOf(Action).includes('dynamodb:Scan')),
    );
    expect(scanning.map(([id]) => id)).toEqual([
      'SegmentsFunctionRoleDefaultPolicy',
      'PurgeFunctionRoleDefaultPolicy',
    ]);
  });

  /** A command that an adapter starts to send works on embedded servers without a grant, and fails when deployed. */
  test('what is granted on items is what the adapters send', () => {
    const adapters = join(import.meta.dirname, '../../lib/adapters');
    const sources = globSync(join(adapters, 'dynamo-*.ts')).map((file) => readFileSync(file, 'utf8'));
    const sent = [...sources, readFileSync(join(adapters, 'own-writes.ts'), 'utf8')].flatMap((source) =>
      [...source.matchAll(/new (\w+)Command\(/g)].map(([, name]) => name),
    );
    const granted = allowed
      .flatMap(({ Action }) => listOf(Action))
      .filter((action) => action.startsWith('dynamodb:'))
      .map((action) => action.replace('dynamodb:', ''));
    // A transaction is granted by the writes that it is made of.
    expect(new Set([...granted, 'TransactWriteItems'])).toEqual(new Set(sent));
  });

  test('only tracing, which has no resources, is allowed on all', () => {
    const onAll = allowed.filter(({ Resource }) => listOf(Resource).includes('*'));
    expect(new Set(onAll.flatMap(({ Action }) => listOf(Action)))).toEqual(
      new Set(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']),
    );
  });

  test('roles carry no managed policies and are for Lambda alone, but for those of the schedules', () => {
    const roles = Object.entries(propertiesOf(template, 'AWS::IAM::Role'));
    expect(roles.map(([id]) => id).sort()).toEqual(
      [
        ...FUNCTIONS.flatMap((name) => [`${name}FunctionRole`, `${name}TenantRole`]),
        'DecodeFunctionRole',
        'SegmentsFunctionRole',
        ...SCHEDULES.map((name) => `${name}ScheduleRole`),
      ].sort(),
    );
    for (const [id, role] of roles) {
      expect(role).not.toHaveProperty('ManagedPolicyArns');
      if (!id.endsWith('FunctionRole')) continue;
      expect(role.AssumeRolePolicyDocument).toMatchObject({
        Statement: [{ Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
      });
    }
  });

  test.each(SCHEDULES)('%s may send to its queue, for the scheduler of this account', (name) => {
    const queue = name === 'WakeImages' ? 'WakeQueue' : 'SweepQueue';
    expect(permissionsOf(`${name}ScheduleRoleDefaultPolicy`)).toEqual([`sqs:SendMessage ${queue}`]);
    const { AssumeRolePolicyDocument } = propertiesOf(template, 'AWS::IAM::Role')[`${name}ScheduleRole`]!;
    expect((AssumeRolePolicyDocument as { Statement: unknown }).Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'scheduler.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ]);
  });

  test.each(FUNCTIONS)('%s alone takes on its role for a tenant, and must say for which', (name) => {
    const { AssumeRolePolicyDocument } = propertiesOf(template, 'AWS::IAM::Role')[`${name}TenantRole`]!;
    expect((AssumeRolePolicyDocument as { Statement: unknown }).Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        Principal: { AWS: { 'Fn::GetAtt': [`${name}FunctionRole`, 'Arn'] } },
        Condition: {
          StringLike: { 'aws:RequestTag/tenant': '?*' },
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['tenant'] },
        },
      },
    ]);
  });

  test.each([
    ['AWS::SQS::QueuePolicy', 22],
    ['AWS::S3::BucketPolicy', 1],
  ])('every %s denies requests without TLS', (type, count) => {
    const documents = Object.values(propertiesOf(template, type)).map(statementsOf);
    expect(documents).toHaveLength(count);
    for (const statements of documents) {
      expect(statements).toContainEqual(
        expect.objectContaining({
          Effect: 'Deny',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      );
    }
  });
});
