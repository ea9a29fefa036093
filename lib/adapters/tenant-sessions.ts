import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { GlossError } from '../domain/errors.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Clock } from '../ports/runtime.ts';
import { lruMap } from './lru-map.ts';

/** The longest session of a role that is assumed by another role. */
const SESSION_SEC = 3_600;
/**
 * A presigned URL ends with the credentials that signed it, so credentials are renewed this long before their
 * end.
 */
const SPARE_MS = 16 * 60_000;
const SDK_SPARE_MS = 5 * 60_000;
const MAX_TENANTS = 2_000;

/** Temporary credentials in the form that the SDK's clients take. */
interface TenantSession {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** The SDK asks for new credentials from five minutes before this time on. */
  readonly expiration: Date;
}

type SessionOf = (tenant: TenantId) => () => Promise<TenantSession>;

/**
 * Credentials that reach one tenant's data and nothing else: a role assumed with the tenant as a session tag,
 * kept until shortly before it ends.
 * @throws GlossError `unavailable` if STS does not give them.
 */
export function tenantSessions(client: STSClient, roleArn: string, clock: Clock): SessionOf {
  const sessions = lruMap<TenantId, Promise<TenantSession>>(MAX_TENANTS);

  async function open(tenant: TenantId): Promise<TenantSession> {
    const request = new AssumeRoleCommand({
      RoleArn: roleArn,
      RoleSessionName: tenant.padEnd(2, '='), // STS requires at least two characters
      DurationSeconds: SESSION_SEC,
      Tags: [{ Key: 'tenant', Value: tenant }],
    });
    const { Credentials } = await client.send(request).catch((cause: unknown) => {
      throw new GlossError('unavailable', 'session_unavailable', 'STS gave no session', { cause });
    });
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials!;
    return {
      accessKeyId: AccessKeyId!,
      secretAccessKey: SecretAccessKey!,
      sessionToken: SessionToken!,
      expiration: new Date(Expiration!.getTime() - SPARE_MS + SDK_SPARE_MS),
    };
  }

  return (tenant) => async () => {
    const kept = sessions.get(tenant);
    if (kept && (await kept).expiration.getTime() - SDK_SPARE_MS > clock.nowMs()) return kept;
    const opened = open(tenant);
    sessions.set(tenant, opened);
    opened.catch(() => sessions.delete(tenant));
    return opened;
  };
}
