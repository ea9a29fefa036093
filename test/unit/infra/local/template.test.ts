import { describe, expect, test } from 'vitest';
import { parseTemplate, resolveProperties, type References } from '../../../../infra/local/template.ts';

const references: References = {
  ref: (name) =>
    ({ Queue: 'http://queues/Queue', 'AWS::Region': 'us-east-1', 'AWS::Partition': 'aws' })[name],
  attribute: (id, attribute) =>
    id === 'Queue' && attribute === 'Arn' ? 'arn:aws:sqs:us-east-1:0:Queue' : undefined,
};

function resolved(value: unknown): unknown {
  const template = parseTemplate({ Resources: { Thing: { Type: 'A::B::C', Properties: { Value: value } } } });
  return resolveProperties(template.get('Thing')!, references).Value;
}

describe('resolveProperties', () => {
  // Expected values follow the examples of the CloudFormation reference for each function.
  test.each([
    [{ Ref: 'Queue' }, 'http://queues/Queue'],
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:us-east-1:0:Queue'],
    [{ 'Fn::Join': [':', ['a', 'b', 1]] }, 'a:b:1'],
    [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3']] }, 'arn:aws:s3'],
    [
      { 'Fn::Sub': 'in ${AWS::Region} at ${Queue}, ${Queue.Arn}' },
      'in us-east-1 at http://queues/Queue, arn:aws:sqs:us-east-1:0:Queue',
    ],
    [{ 'Fn::Sub': ['${Name} of ${!Name}', { Name: { Ref: 'AWS::Partition' } }] }, 'aws of ${Name}'],
    [{ 'Fn::Select': ['1', ['apples', 'grapes']] }, 'grapes'],
    [{ 'Fn::Split': ['|', 'a||c|'] }, ['a', '', 'c', '']],
    [{ 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Queue', 'Arn'] }] }] }, 'Queue'],
    [
      [{ nested: { Ref: 'Queue' } }, null, true, 3],
      [{ nested: 'http://queues/Queue' }, null, true, 3],
    ],
    [{}, {}],
  ])('%j', (value, expected) => {
    expect(resolved(value)).toEqual(expected);
  });

  test.each([
    [{ list: ['', { Ref: 'Nobody' }] }, 'Thing.Value.list[1]: Ref of Nobody'],
    [{ 'Fn::GetAtt': ['Queue', 'Colour'] }, 'Thing.Value: Fn::GetAtt of Queue.Colour'],
    [{ 'Fn::Sub': '${Nobody}' }, 'Thing.Value: Fn::Sub of Nobody'],
    [{ 'Fn::ImportValue': 'x' }, 'Thing.Value: Fn::ImportValue is not understood'],
    [{ 'Fn::Join': 'x' }, 'Thing.Value: Fn::Join has arguments that are not understood'],
    [{ 'Fn::Select': [2, ['a', 'b']] }, 'Thing.Value: Fn::Select of item 2 among 2'],
  ])('%j is refused by place and name', (value, message) => {
    expect(() => resolved(value)).toThrow(message);
  });
});

test('what is no template is refused', () => {
  expect(() => parseTemplate({ Resources: { Thing: { Properties: {} } } })).toThrow(/Resources\.Thing\.Type/);
});
