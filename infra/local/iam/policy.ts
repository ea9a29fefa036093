import * as z from 'zod';

const oneOrMany = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

const OPERATOR =
  /^(?:(ForAllValues|ForAnyValue):)?(StringEquals|StringNotEquals|StringLike|StringNotLike|Bool|Null)(IfExists)?$/;

const Condition = z.record(
  z.string().regex(OPERATOR, 'is a condition operator that the embedded stack does not know'),
  z.record(z.string(), oneOrMany),
);

export const Statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMany,
  Resource: oneOrMany.default(['*']),
  Principal: z.union([z.literal('*'), z.record(z.string(), oneOrMany)]).optional(),
  Condition: Condition.default({}),
});
export type Statement = z.infer<typeof Statement>;

const PolicyDocument = z.strictObject({ Version: z.string(), Statement: z.array(Statement) });

/**
 * The statements of a policy document in which all intrinsic functions are resolved.
 * @throws Error that names what of it the embedded stack cannot evaluate: it enforces a policy whole or does not start.
 */
export function readStatements(document: unknown, logicalId: string): readonly Statement[] {
  const parsed = PolicyDocument.safeParse(document);
  if (parsed.success) return parsed.data.Statement;
  throw new Error(`${logicalId}: its policy cannot be enforced here:\n${z.prettifyError(parsed.error)}`);
}

/** A condition operator taken apart. */
export interface ConditionOperator {
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly test: 'StringEquals' | 'StringNotEquals' | 'StringLike' | 'StringNotLike' | 'Bool' | 'Null';
  readonly ifExists: boolean;
}

export function readOperator(name: string): ConditionOperator {
  const [, quantifier, test, ifExists] = OPERATOR.exec(name)!;
  return {
    quantifier: quantifier as ConditionOperator['quantifier'],
    test: test as ConditionOperator['test'],
    ifExists: ifExists !== undefined,
  };
}
