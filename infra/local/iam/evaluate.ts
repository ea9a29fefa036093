import { matchesPattern, type RequestContext } from './pattern.ts';
import { readOperator, type ConditionOperator, type Statement } from './policy.ts';

export interface AccessRequest {
  /** Such as `dynamodb:GetItem`. */
  readonly action: string;
  /** An ARN. */
  readonly resource: string;
  readonly context: RequestContext;
}

type Decision = 'allowed' | 'denied explicitly' | 'not allowed';

/**
 * Whether statements let a request through: a Deny that applies wins, then an Allow that applies, otherwise no.
 * Source: "Policy evaluation logic" and "IAM JSON policy elements: Condition operators", IAM User Guide.
 */
export function decide(statements: readonly Statement[], request: AccessRequest): Decision {
  const applying = statements.filter((statement) => applies(statement, request));
  if (applying.some(({ Effect }) => Effect === 'Deny')) return 'denied explicitly';
  return applying.length > 0 ? 'allowed' : 'not allowed';
}

export function applies(
  { Action, Resource, Condition }: Statement,
  { action, resource, context }: AccessRequest,
): boolean {
  return (
    Action.some((pattern) => matchesPattern(pattern.toLowerCase(), action.toLowerCase(), new Map())) &&
    Resource.some((pattern) => matchesPattern(pattern, resource, context)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) => holds(readOperator(operator), key, wanted, context)),
    )
  );
}

function holds(
  { quantifier, test, ifExists }: ConditionOperator,
  key: string,
  wanted: readonly string[],
  context: RequestContext,
): boolean {
  const values = context.get(key.toLowerCase());
  if (test === 'Null') return wanted.some((isNull) => (isNull === 'true') === (values === undefined));
  // Without values "for all" is true, as AWS has it: that is why policies that rely on it ask for Null too.
  if (values === undefined || values.length === 0)
    return quantifier === 'ForAllValues' || ifExists || test.includes('Not');
  const fulfils = (value: string) => compare(test, value, wanted, context);
  return quantifier === 'ForAllValues' ? values.every(fulfils) : values.some(fulfils);
}

function compare(
  test: Exclude<ConditionOperator['test'], 'Null'>,
  value: string,
  wanted: readonly string[],
  context: RequestContext,
): boolean {
  const like = () => wanted.some((pattern) => matchesPattern(pattern, value, context));
  const equal = () => wanted.some((text) => matchesPattern(text, value, context, { wildcards: false }));
  switch (test) {
    case 'StringLike':
      return like();
    case 'StringNotLike':
      return !like();
    case 'StringEquals':
      return equal();
    case 'StringNotEquals':
      return !equal();
    case 'Bool':
      return wanted.some((text) => text.toLowerCase() === value.toLowerCase());
  }
}
