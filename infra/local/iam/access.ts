import type { Credentials } from '../data-dir.ts';
import { ACCOUNT_ID } from '../physical-names.ts';
import { assumedRoleArn } from '../servers/assume-role.ts';
import { applies, decide, type AccessRequest } from './evaluate.ts';
import type { Statement } from './policy.ts';
import type { Roles } from './roles.ts';
import { sessionsSealedBy, type SessionCredentials } from './sessions.ts';

/** Who signed a request. */
export interface Caller {
  readonly accessKeyId: string;
  readonly sessionToken: string | undefined;
}

/** The one part of a decision that a server cannot know by itself. */
export type Wish = Omit<AccessRequest, 'context'> & {
  /** Condition keys of the service, such as `dynamodb:LeadingKeys`. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
};

/** Who may do what on the embedded servers, decided by the policies of the template. */
export interface Access {
  /** The ARN of a caller whose credentials are there. */
  arnOf(caller: Caller): string;
  /** Undefined for credentials that do not exist or have ended. */
  secretOf(caller: Caller): string | undefined;
  /** Undefined when a request is allowed; otherwise AWS's words. */
  readonly refusal: (caller: Caller, wish: Wish) => string | undefined;
  /** Takes a role on. @returns the credentials, or AWS's words of refusal. */
  assumeRole(
    caller: Caller,
    wanted: {
      readonly roleArn: string;
      readonly name: string;
      readonly tags: Readonly<Record<string, string>>;
      readonly expiresAtMs: number;
      /** A session may do what this allows, too, and no more. */
      readonly policy?: readonly Statement[];
    },
  ): SessionCredentials | string;
}

interface AccessOptions {
  readonly roles: Roles;
  /** The stack's own key pair, which may do everything. */
  readonly operator: Credentials;
  /** Key pairs of functions, each with the ARN of its role. */
  readonly functions: readonly { readonly credentials: Credentials; readonly roleArn: string }[];
  /** Seals sessions; kept between starts. */
  readonly sessionSecret: string;
}

/** Keys that every request has; the embedded servers stand for endpoints with TLS. */
const ALWAYS = [['aws:securetransport', ['true']]] as const;

export function enforceAccess({ roles, operator, functions, sessionSecret }: AccessOptions): Access {
  const sessions = sessionsSealedBy(sessionSecret);
  const byKey = new Map(functions.map((entry) => [entry.credentials.accessKeyId, entry]));

  /** The role behind a caller, with the tags of its session; undefined for the stack itself. */
  function roleOf({ accessKeyId, sessionToken }: Caller) {
    if (sessionToken !== undefined) {
      const session = sessions.find(accessKeyId, sessionToken, Date.now());
      return session && { arn: session.roleArn, tags: session.tags, policy: session.policy };
    }
    const entry = byKey.get(accessKeyId);
    return entry && { arn: entry.roleArn, tags: {}, policy: undefined };
  }

  function refusal(caller: Caller, { action, resource, context = {} }: Wish): string | undefined {
    if (caller.accessKeyId === operator.accessKeyId) return undefined;
    const role = roleOf(caller);
    const keys = new Map<string, readonly string[]>(ALWAYS);
    for (const [key, values] of Object.entries(context)) keys.set(key.toLowerCase(), values);
    for (const [tag, value] of Object.entries(role?.tags ?? {}))
      keys.set(`aws:principaltag/${tag.toLowerCase()}`, [value]);
    const statements = [...(role ? roles.byArn.get(role.arn)!.statements : []), ...roles.denials];
    const request = { action, resource, context: keys };
    const ofRole = decide(statements, request);
    const decision = ofRole === 'allowed' && role?.policy ? decide(role.policy, request) : ofRole;
    if (decision === 'allowed') return undefined;
    const because =
      decision === 'not allowed'
        ? `because no identity-based policy allows the ${action} action`
        : 'with an explicit deny in a policy';
    return `User: ${role?.arn ?? caller.accessKeyId} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
  }

  return {
    secretOf(caller) {
      if (caller.sessionToken !== undefined)
        return sessions.find(caller.accessKeyId, caller.sessionToken, Date.now())?.secretAccessKey;
      if (caller.accessKeyId === operator.accessKeyId) return operator.secretAccessKey;
      return byKey.get(caller.accessKeyId)?.credentials.secretAccessKey;
    },
    arnOf(caller) {
      const session =
        caller.sessionToken === undefined
          ? undefined
          : sessions.find(caller.accessKeyId, caller.sessionToken, Date.now());
      if (session) return assumedRoleArn(session.roleArn, session.name);
      const role = byKey.get(caller.accessKeyId)?.roleArn;
      return role === undefined
        ? `arn:aws:iam::${ACCOUNT_ID}:user/${caller.accessKeyId}`
        : assumedRoleArn(role, caller.accessKeyId);
    },
    refusal,
    assumeRole(caller, { roleArn, name, tags, expiresAtMs, policy }) {
      const session = { roleArn, name, tags, expiresAtMs, ...(policy && { policy: [...policy] }) };
      if (caller.accessKeyId === operator.accessKeyId) return sessions.open(session);
      const context: Record<string, readonly string[]> = { 'aws:TagKeys': Object.keys(tags) };
      for (const [tag, value] of Object.entries(tags)) context[`aws:RequestTag/${tag}`] = [value];
      const trusting = roles.byArn.get(roleArn)?.trust ?? [];
      const mine = roleOf(caller)?.arn;
      const trusted = trusting.filter(({ Principal }) => {
        return typeof Principal === 'object' && mine !== undefined && Principal['AWS']?.includes(mine);
      });
      const keys = new Map(Object.entries(context).map(([key, values]) => [key.toLowerCase(), values]));
      const needed = Object.keys(tags).length > 0 ? ['sts:AssumeRole', 'sts:TagSession'] : ['sts:AssumeRole'];
      for (const action of needed) {
        const refused = refusal(caller, { action, resource: roleArn, context });
        if (refused !== undefined) return refused;
        const request = { action, resource: roleArn, context: keys };
        if (!trusted.some((statement) => applies(statement, request)))
          return `User: ${mine ?? caller.accessKeyId} is not authorized to perform: ${action} on resource: ${roleArn} because its trust policy does not allow it`;
      }
      return sessions.open(session);
    },
  };
}
