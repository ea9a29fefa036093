import { createHash } from 'node:crypto';
import { STSServiceException, type AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import { assumedRoleArn, MAX_DURATION_SEC, mistakeOf } from '../../infra/local/servers/assume-role.ts';

/** STS in memory: everybody may take on every role, and a session of one tenant is the same each time. */
export function assumeRole(
  { RoleArn = '', RoleSessionName = '', DurationSeconds, Tags = [] }: AssumeRoleCommandInput,
  nowMs: number,
) {
  const durationSec = DurationSeconds ?? MAX_DURATION_SEC;
  const message = mistakeOf(durationSec, RoleSessionName);
  if (message !== undefined)
    throw new STSServiceException({
      name: 'ValidationError',
      $fault: 'client',
      message,
      $metadata: { httpStatusCode: 400 },
    });
  const tags = Tags.map(({ Value = '' }) => Value).join();
  const digits = createHash('sha256').update(tags).digest('hex').toUpperCase();
  return {
    Credentials: {
      AccessKeyId: `ASIA${digits.slice(0, 16)}`,
      SecretAccessKey: 'a-secret-of-this-world',
      SessionToken: `session-of-${tags}`,
      Expiration: new Date(nowMs + durationSec * 1000),
    },
    AssumedRoleUser: {
      Arn: assumedRoleArn(RoleArn, RoleSessionName),
      AssumedRoleId: `AROA:${RoleSessionName}`,
    },
  };
}
