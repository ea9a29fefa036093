import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readSettings } from '../../infra/settings.ts';
import { readStages, STAGES_FILE } from '../../infra/stages.ts';
import { synthesizeStages } from '../../infra/synthesize.ts';
import { propertiesOf, synthesized } from './synthesized.ts';

test('model and crop policy reach the function that describes', () => {
  const template = synthesized({ modelIds: ['amazon.nova-lite-v1:0'], cropPolicy: 'grid-3x3' });
  expect(propertiesOf(template, 'AWS::Lambda::Function').DescribeFunction).toMatchObject({
    Environment: { Variables: { MODEL_IDS: 'amazon.nova-lite-v1:0', CROP_POLICY: 'grid-3x3' } },
  });
});

test('the issuer of tokens reaches the function that answers', () => {
  const oidc = { issuer: 'https://issuer.example/pool', audience: 'gloss', tenantClaim: 'org' };
  expect(propertiesOf(synthesized({ oidc }), 'AWS::Lambda::Function').ApiFunction).toMatchObject({
    Environment: {
      Variables: {
        OIDC_ISSUER: 'https://issuer.example/pool',
        OIDC_AUDIENCE: 'gloss',
        OIDC_TENANT_CLAIM: 'org',
        OIDC_SCOPE_CLAIM: 'scope',
      },
    },
  });
});

test('an event bus is reached by the function that notifies alone, and announced to by those that write', () => {
  const template = synthesized({ eventBus: 'photos' });
  const functions = propertiesOf(template, 'AWS::Lambda::Function') as Record<
    string,
    { Environment: { Variables: Record<string, unknown> } }
  >;
  const told = Object.keys(functions).filter((id) => functions[id]!.Environment.Variables['EVENT_BUS']);
  expect(told.sort()).toEqual([
    'AdmitFunction',
    'ApiFunction',
    'DescribeFunction',
    'IndexFunction',
    'NotifyFunction',
    'RemoveFunction',
    'SweepFunction',
  ]);
  const allowing = Object.entries(propertiesOf(template, 'AWS::IAM::Policy')).filter(([, policy]) =>
    JSON.stringify(policy).includes('events:'),
  );
  expect(allowing.map(([id]) => id)).toEqual(['NotifyFunctionRoleDefaultPolicy']);
  expect(JSON.stringify(allowing[0]![1])).toMatch(/"events:PutEvents".*:event-bus\/photos"/);
  expect(JSON.stringify(synthesized())).not.toContain('events:');
});

test('an event bus is named and not given as an ARN', () => {
  const eventBus = 'arn:aws:events:us-east-1:000000000000:event-bus/photos';
  expect(() => synthesized({ eventBus })).toThrow('Gloss.eventBus: give the name');
});

/** Ids and profiles as the Bedrock guide lists them; a profile invokes its model in regions of its own choice. */
test.each([
  [
    'amazon.nova-lite-v1:0',
    ['arn:${AWS::Partition}:bedrock:${AWS::Region}::foundation-model/amazon.nova-lite-v1:0'],
  ],
  [
    'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
    [
      'arn:${AWS::Partition}:bedrock:${AWS::Region}:${AWS::AccountId}:inference-profile/eu.anthropic.claude-haiku-4-5-20251001-v1:0',
      'arn:${AWS::Partition}:bedrock:*::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0',
    ],
  ],
  [
    'global.amazon.nova-2-lite-v1:0',
    [
      'arn:${AWS::Partition}:bedrock:${AWS::Region}:${AWS::AccountId}:inference-profile/global.amazon.nova-2-lite-v1:0',
      'arn:${AWS::Partition}:bedrock:*::foundation-model/amazon.nova-2-lite-v1:0',
    ],
  ],
])('%s alone may be invoked', (modelId, arns) => {
  const policy = propertiesOf(
    synthesized({ modelIds: [modelId] }),
    'AWS::IAM::Policy',
  ).DescribeFunctionRoleDefaultPolicy;
  const { Statement } = policy?.PolicyDocument as { Statement: { Action: unknown; Resource: unknown }[] };
  const invoke = Statement.filter(({ Action }) => Action === 'bedrock:InvokeModel');
  expect(invoke).toHaveLength(1);
  expect([invoke[0]?.Resource].flat().map(asText)).toEqual(arns);
});

test('an application inference profile leads to its models alone', () => {
  const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123';
  const policy = propertiesOf(
    synthesized({ modelIds: [arn] }),
    'AWS::IAM::Policy',
  ).DescribeFunctionRoleDefaultPolicy;
  const { Statement } = policy?.PolicyDocument as { Statement: { Action: unknown }[] };
  expect(Statement.filter(({ Action }) => Action === 'bedrock:InvokeModel')).toEqual([
    { Action: 'bedrock:InvokeModel', Effect: 'Allow', Resource: arn },
    {
      Action: 'bedrock:InvokeModel',
      Effect: 'Allow',
      Resource: 'arn:aws:bedrock:*::foundation-model/*',
      Condition: { StringEquals: { 'bedrock:InferenceProfileArn': arn } },
    },
  ]);
});

function asText(arn: unknown): string {
  const [separator, parts] = (arn as { 'Fn::Join': [string, (string | { Ref: string })[]] })['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : `\${${part.Ref}}`)).join(separator);
}

describe('a setting that cannot be meant stops the synthesis, and is named', () => {
  test.each([
    [{ modelIds: ['*'] }, 'Gloss.modelIds.0: give the id of a Bedrock model'],
    [
      { modelIds: ['arn:aws:bedrock:us-east-1:123456789012:inference-profile/x'] },
      'an application inference profile',
    ],
    [{ modelIds: [] }, 'Gloss.modelIds: '],
    [{ cropPolicy: 'grid-9x9' }, 'adaptive'],
    [{ alarmEmail: 'nobody' }, 'Gloss.alarmEmail: give one mail address'],
    [{ alarmTopicArn: 'pager' }, 'Gloss.alarmTopicArn: give the ARN of a topic of SNS'],
    [{ oidc: { issuer: 'http://issuer.example', audience: 'gloss' } }, 'Gloss.oidc.issuer: '],
    [{ oidc: { issuer: 'https://issuer.example' } }, 'Gloss.oidc.audience: '],
    [{ account: '1234' }, 'Gloss.account: give the 12 digits'],
    [{ region: 'Frankfurt' }, 'Gloss.region: give a region'],
    [{ describeConcurrency: 1 }, 'Gloss.describeConcurrency: '],
    [{ logsKeptDays: 31 }, 'Gloss.logsKeptDays: CloudWatch keeps logs for 1, 3, 5, 7, 14, 30'],
    [{ throttle: { rateLimit: 5 } }, 'Gloss.throttle.burstLimit: '],
    [{ alarmMail: 'ops@example.com' }, 'alarmMail'],
  ])('%o', (settings, message) => {
    expect(() => readSettings(settings, 'Gloss')).toThrow(message);
  });
});

/** Profiles of Amazon Nova 2 Lite as the Bedrock guide lists them: US, EU, Japan, and global. */
test.each([
  [undefined, 'us'],
  ['us-west-2', 'us'],
  ['eu-central-1', 'eu'],
  ['ap-northeast-1', 'jp'],
  ['ap-southeast-2', 'global'],
])('in %s the usual model is the profile of %s', (region, geography) => {
  const { modelIds } = readSettings(region === undefined ? {} : { region }, 'Gloss');
  expect(modelIds).toEqual([`${geography}.amazon.nova-2-lite-v1:0`]);
});

/** The file of stages that holds this text. */
function stagesFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'gloss-stages-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'stages.json'), text);
  return join(folder, 'stages.json');
}

test('each stage of the file is a stack of its own, with what it chose', () => {
  const tags = { team: 'photos' };
  const path = stagesFile(
    JSON.stringify({
      'Gloss-dev': { describeConcurrency: 2, logsKeptDays: 7 },
      'Gloss-prod': {
        account: '123456789012',
        region: 'eu-central-1',
        tags,
        apiConcurrency: 100,
        throttle: { rateLimit: 500, burstLimit: 900 },
        alarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:pager',
      },
    }),
  );
  const outdir = join(path, '../cdk.out');
  const { 'Gloss-dev': dev, 'Gloss-prod': prod } = synthesizeStages(readStages(path), {
    outdir,
    bundle: false,
  });
  const mappingOf = (template: typeof dev) =>
    propertiesOf(template!, 'AWS::Lambda::EventSourceMapping').DescribeFunctionMapping;
  expect(mappingOf(dev)).toMatchObject({ ScalingConfig: { MaximumConcurrency: 2 } });
  expect(mappingOf(prod)).toMatchObject({ ScalingConfig: { MaximumConcurrency: 20 } });
  const logs = (template: typeof dev) =>
    new Set(
      Object.values(propertiesOf(template!, 'AWS::Logs::LogGroup')).map((log) => log['RetentionInDays']),
    );
  expect([logs(dev), logs(prod)]).toEqual([new Set([7]), new Set([30])]);
  const functions = propertiesOf(prod!, 'AWS::Lambda::Function');
  expect(functions.ApiFunction).toMatchObject({ ReservedConcurrentExecutions: 100 });
  expect(functions.DescribeFunction).toMatchObject({
    Environment: { Variables: { MODEL_IDS: 'eu.amazon.nova-2-lite-v1:0' } },
  });
  expect(functions.DescribeFunction).not.toHaveProperty('ReservedConcurrentExecutions');
  expect(propertiesOf(prod!, 'AWS::ApiGatewayV2::Stage').DefaultStage).toMatchObject({
    DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 900 },
  });
  // CloudFormation puts the tags of a stack on its resources.
  const { artifacts } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as {
    readonly artifacts: Readonly<Record<string, object>>;
  };
  expect(artifacts['Gloss-prod']).toMatchObject({
    environment: 'aws://123456789012/eu-central-1',
    properties: { tags },
  });
  for (const alarm of Object.values(propertiesOf(prod!, 'AWS::CloudWatch::Alarm')))
    expect(alarm['AlarmActions']).toEqual(['arn:aws:sns:eu-central-1:123456789012:pager']);
});

test('the file that comes with the code has one stage that chooses nothing', () => {
  expect(readStages(STAGES_FILE)).toEqual([{ name: 'Gloss', settings: readSettings({}, 'Gloss') }]);
});

test.each([
  ['', 'cannot be read'],
  ['[]', 'give an object of stages'],
  ['{}', 'there is no stage in it'],
  ['{"2 stages": {}}', '"2 stages" cannot be the name of a stack'],
  ['{"Gloss": {"modelId": "x"}}', 'modelId'],
])('a file of stages with %o says what is wrong', (text, message) => {
  expect(() => readStages(stagesFile(text))).toThrow(message);
});
