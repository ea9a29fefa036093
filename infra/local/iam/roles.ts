import type { References, Resource, Template } from '../template.ts';
import { resolveProperties } from '../template.ts';
import { readStatements, type Statement } from './policy.ts';

/** A role of the template with all that decides what it may do. */
interface FunctionRole {
  readonly arn: string;
  /** What it may do. */
  readonly statements: readonly Statement[];
  /** Who may take it on. */
  readonly trust: readonly Statement[];
}

export interface Roles {
  /** By ARN. */
  readonly byArn: ReadonlyMap<string, FunctionRole>;
  /** ARN of a function's role, by the function's logical id. */
  readonly ofFunction: ReadonlyMap<string, string>;
  /** Deny statements of queues' and buckets' own policies, which count for everybody. */
  readonly denials: readonly Statement[];
}

const RESOURCE_POLICIES: ReadonlySet<string> = new Set(['AWS::SQS::QueuePolicy', 'AWS::S3::BucketPolicy']);

/**
 * Reads roles and policies off the template.
 * @throws Error that names what of a policy cannot be enforced.
 */
export function readRoles(template: Template, references: References): Roles {
  const resources = [...template.values()];
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  const resolved = (resource: Resource) => resolveProperties(resource, references);
  const arnOf = (logicalId: string) => references.attribute(logicalId, 'Arn')!;

  const policies = ofType('AWS::IAM::Policy').map((resource) => {
    const { Roles, PolicyDocument } = resolved(resource);
    return { roles: Roles as string[], statements: readStatements(PolicyDocument, resource.logicalId) };
  });
  const byArn = new Map(
    ofType('AWS::IAM::Role').map((resource) => {
      const name = references.ref(resource.logicalId)!;
      const trust = resolved(resource).AssumeRolePolicyDocument;
      const role: FunctionRole = {
        arn: arnOf(resource.logicalId),
        statements: policies
          .filter(({ roles }) => roles.includes(name))
          .flatMap(({ statements }) => statements),
        trust: readStatements(trust, resource.logicalId),
      };
      return [role.arn, role] as const;
    }),
  );
  const ofFunction = new Map(
    ofType('AWS::Lambda::Function').map((resource) => [
      resource.logicalId,
      resolved(resource).Role as string,
    ]),
  );
  const denials = resources
    .filter(({ type }) => RESOURCE_POLICIES.has(type))
    .flatMap((resource) => readStatements(resolved(resource).PolicyDocument, resource.logicalId))
    .filter(({ Effect }) => Effect === 'Deny');
  return { byArn, ofFunction, denials };
}
