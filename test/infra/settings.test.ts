import { describe, expect, test } from 'vitest';
import { CROP_POLICIES as DEPLOYABLE } from '../../infra/settings.ts';
import { CROP_POLICIES } from '../../lib/domain/tenant.ts';
import { propertiesOf, synthesized } from './synthesized.ts';

/** A second implementation would drift: what can be deployed is what the code knows. */
test('the crop policies that can be deployed are those that there are', () => {
  expect(DEPLOYABLE).toEqual(CROP_POLICIES);
});

test('model and crop policy reach the function that describes', () => {
  const template = synthesized({ modelId: 'amazon.nova-lite-v1:0', cropPolicy: 'grid-3x3' });
  expect(propertiesOf(template, 'AWS::Lambda::Function').DescribeFunction).toMatchObject({
    Environment: { Variables: { MODEL_IDS: 'amazon.nova-lite-v1:0', CROP_POLICY: 'grid-3x3' } },
  });
});

test('the issuer of tokens reaches the function that answers', () => {
  const context = {
    oidcIssuer: 'https://issuer.example/pool',
    oidcAudience: 'gloss',
    oidcTenantClaim: 'org',
  };
  expect(propertiesOf(synthesized(context), 'AWS::Lambda::Function').ApiFunction).toMatchObject({
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
  expect(() => synthesized({ eventBus })).toThrow(/context eventBus/);
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
  const policy = propertiesOf(synthesized({ modelId }), 'AWS::IAM::Policy').DescribeFunctionRoleDefaultPolicy;
  const { Statement } = policy?.PolicyDocument as { Statement: { Action: unknown; Resource: unknown }[] };
  const invoke = Statement.filter(({ Action }) => Action === 'bedrock:InvokeModel');
  expect(invoke).toHaveLength(1);
  expect([invoke[0]?.Resource].flat().map(asText)).toEqual(arns);
});

test('an application inference profile leads to its models alone', () => {
  const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123';
  const policy = propertiesOf(
    synthesized({ modelId: arn }),
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

describe('a setting that cannot be meant stops the synthesis', () => {
  test.each([
    [{ modelId: '*' }, 'modelId'],
    [
      { modelId: 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/x' },
      'an application inference profile',
    ],
    [{ cropPolicy: 'grid-9x9' }, 'adaptive'],
    [{ alarmEmail: 'nobody' }, 'alarmEmail'],
    [{ oidcIssuer: 'http://issuer.example', oidcAudience: 'gloss' }, 'oidcIssuer'],
    [{ oidcIssuer: 'https://issuer.example' }, 'oidcAudience'],
  ])('%o', (context, message) => {
    expect(() => synthesized(context)).toThrow(message);
  });
});
