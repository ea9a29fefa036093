import { describe, expect, test } from 'vitest';
import { decide } from '../../../../../infra/local/iam/evaluate.ts';
import { readStatements } from '../../../../../infra/local/iam/policy.ts';

/** What AWS's own documentation says of policies, with its examples where it has some. */

function decisionOf(
  statements: readonly object[],
  action: string,
  resource: string,
  context: Readonly<Record<string, readonly string[]>> = {},
) {
  const policy = readStatements({ Version: '2012-10-17', Statement: statements }, 'Policy');
  const keys = Object.entries(context).map(([key, values]) => [key.toLowerCase(), values] as const);
  return decide(policy, { action, resource, context: new Map(keys) });
}

const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/GameScores';

describe('"Policy evaluation logic"', () => {
  const allow = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
  test('what no statement allows is not allowed', () => {
    expect(decisionOf([allow], 'sqs:SendMessage', 'arn:aws:sqs:::q')).toBe('not allowed');
    expect(decisionOf([], 's3:GetObject', 'arn:aws:s3:::b/k')).toBe('not allowed');
  });
  test('an explicit deny wins over any allow, in whichever order', () => {
    const deny = { Effect: 'Deny', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::b/keep/*' };
    for (const statements of [
      [allow, deny],
      [deny, allow],
    ]) {
      expect(decisionOf(statements, 's3:DeleteObject', 'arn:aws:s3:::b/keep/x')).toBe('denied explicitly');
      expect(decisionOf(statements, 's3:DeleteObject', 'arn:aws:s3:::b/other')).toBe('allowed');
    }
  });
});

describe('"Using IAM policy conditions for fine-grained access control" of DynamoDB', () => {
  const statement = {
    Effect: 'Allow',
    Action: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:Scan'],
    Resource: TABLE,
    Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/user}'] } },
  };
  const as = (keys: readonly string[]) => ({
    'aws:PrincipalTag/user': ['ann'],
    'dynamodb:LeadingKeys': keys,
  });

  test.each([
    [['ann'], 'allowed'],
    [['bob'], 'not allowed'],
    [['ann', 'bob'], 'not allowed'],
    [['ann2'], 'not allowed'],
  ])('leading keys %j: %s', (keys, decision) => {
    expect(decisionOf([statement], 'dynamodb:BatchGetItem', TABLE, as(keys))).toBe(decision);
  });

  test('ForAllValues is true without keys, as the guide warns, and Null closes that gap', () => {
    const tag = { 'aws:PrincipalTag/user': ['ann'] };
    expect(decisionOf([statement], 'dynamodb:Scan', TABLE, tag)).toBe('allowed');
    const closed = {
      ...statement,
      Condition: { ...statement.Condition, Null: { 'dynamodb:LeadingKeys': 'false' } },
    };
    expect(decisionOf([closed], 'dynamodb:Scan', TABLE, tag)).toBe('not allowed');
    expect(decisionOf([closed], 'dynamodb:Query', TABLE, as(['ann']))).toBe('allowed');
  });
});

describe('"Variables and tags"', () => {
  const statement = {
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::b/home/${aws:PrincipalTag/user}/*',
  };
  test('a variable is the value of its key, and fits nothing where the key has none', () => {
    const key = 'arn:aws:s3:::b/home/ann/x';
    expect(decisionOf([statement], 's3:GetObject', key, { 'aws:PrincipalTag/user': ['ann'] })).toBe(
      'allowed',
    );
    expect(decisionOf([statement], 's3:GetObject', key, { 'aws:PrincipalTag/user': ['bob'] })).toBe(
      'not allowed',
    );
    expect(decisionOf([statement], 's3:GetObject', key)).toBe('not allowed');
  });
  test('a wildcard in a value is a character like any other', () => {
    const star = { 'aws:PrincipalTag/user': ['*'] };
    expect(decisionOf([statement], 's3:GetObject', 'arn:aws:s3:::b/home/ann/x', star)).toBe('not allowed');
  });
});

describe('"Condition operators"', () => {
  const when = (Condition: object) => [{ Effect: 'Allow', Action: 'sts:*', Resource: '*', Condition }];
  test.each<[object, Record<string, string[]>, string]>([
    [{ StringEquals: { 'aws:a': ['x', 'y'] } }, { 'aws:a': ['y'] }, 'allowed'],
    [{ StringEquals: { 'aws:a': 'x*' } }, { 'aws:a': ['xy'] }, 'not allowed'],
    [{ StringLike: { 'aws:a': 'x*z?' } }, { 'aws:a': ['xyyz1'] }, 'allowed'],
    [{ StringLike: { 'aws:a': '?*' } }, { 'aws:a': [''] }, 'not allowed'],
    [{ StringEquals: { 'aws:a': 'x' } }, {}, 'not allowed'],
    [{ StringEqualsIfExists: { 'aws:a': 'x' } }, {}, 'allowed'],
    [{ StringEqualsIfExists: { 'aws:a': 'x' } }, { 'aws:a': ['y'] }, 'not allowed'],
    [{ StringNotEquals: { 'aws:a': 'x' } }, { 'aws:a': ['x'] }, 'not allowed'],
    [{ Bool: { 'aws:a': 'false' } }, { 'aws:a': ['true'] }, 'not allowed'],
    [{ Null: { 'aws:a': 'true' } }, {}, 'allowed'],
    [{ StringEquals: { 'aws:a': 'x' }, StringLike: { 'aws:b': 'y*' } }, { 'aws:a': ['x'] }, 'not allowed'],
    [{ 'ForAnyValue:StringEquals': { 'aws:a': 'x' } }, { 'aws:a': ['y', 'x'] }, 'allowed'],
  ])('%j with %j: %s', (condition, context, decision) => {
    expect(decisionOf(when(condition), 'sts:AssumeRole', 'arn:aws:iam:::role/r', context)).toBe(decision);
  });
});

test.each([
  [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }, 'NotAction'],
  [
    {
      Effect: 'Allow',
      Action: 's3:*',
      Resource: '*',
      Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
    },
    'IpAddress',
  ],
])('what cannot be evaluated stops the start: %j', (statement, named) => {
  expect(() => readStatements({ Version: '2012-10-17', Statement: [statement] }, 'RolePolicy')).toThrow(
    new RegExp(`RolePolicy[^]*${named}`),
  );
});
