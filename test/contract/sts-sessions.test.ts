import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enforceAccess } from '../../infra/local/iam/access.ts';
import { readStatements } from '../../infra/local/iam/policy.ts';
import { startSts } from '../../infra/local/servers/sts-server.ts';

/** Who a caller is, and sessions with a policy of their own. Source: AWS STS API Reference; "Session policies", IAM User Guide. */

const ACCOUNT = '000000000000';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/Tenant`;
const keyPair = (name: string) => ({ accessKeyId: name, secretAccessKey: `secret of ${name}` });
const statement = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource });
const policyOf = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });

const access = enforceAccess({
  roles: {
    byArn: new Map([
      [
        ROLE,
        {
          arn: ROLE,
          statements: readStatements(policyOf(statement('s3:GetObject', 'arn:aws:s3:::photos/*')), 'Tenant'),
          trust: [],
        },
      ],
    ]),
    ofFunction: new Map(),
    denials: [],
  },
  operator: keyPair('Operator'),
  functions: [{ credentials: keyPair('Api'), roleArn: `arn:aws:iam::${ACCOUNT}:role/Api` }],
  sessionSecret: 'sealed',
});

let server: Awaited<ReturnType<typeof startSts>>;
beforeAll(async () => {
  server = await startSts(access);
});
afterAll(() => server.close());

const as = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) =>
  new STSClient({ endpoint: server.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });

async function assume(more: { Policy?: string; PolicyArns?: { arn: string }[] } = {}) {
  const asked = { RoleArn: ROLE, RoleSessionName: 'acme', ...more };
  const { Credentials } = await as(keyPair('Operator')).send(new AssumeRoleCommand(asked));
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials!;
  return { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! };
}

it('whoever signs is told who he is', async () => {
  const arnOf = async (credentials: Parameters<typeof as>[0]) => {
    const { Arn, Account } = await as(credentials).send(new GetCallerIdentityCommand());
    expect(Account).toBe(ACCOUNT);
    return Arn;
  };
  expect(await arnOf(keyPair('Operator'))).toBe(`arn:aws:iam::${ACCOUNT}:user/Operator`);
  expect(await arnOf(keyPair('Api'))).toBe(`arn:aws:sts::${ACCOUNT}:assumed-role/Api/Api`);
  expect(await arnOf(await assume())).toBe(`arn:aws:sts::${ACCOUNT}:assumed-role/Tenant/acme`);
  await expect(arnOf(keyPair('Nobody'))).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
});

it('a session may do what its role and its own policy both allow', async () => {
  const mayRead = (session: Parameters<typeof access.refusal>[0], key: string, action = 's3:GetObject') =>
    access.refusal(session, { action, resource: `arn:aws:s3:::photos/${key}` }) === undefined;
  const wide = await assume();
  expect([mayRead(wide, 'a/1'), mayRead(wide, 'b/1')]).toEqual([true, true]);
  const narrow = await assume({
    Policy: JSON.stringify(policyOf(statement('s3:*', 'arn:aws:s3:::photos/a/*'))),
  });
  expect([mayRead(narrow, 'a/1'), mayRead(narrow, 'b/1')]).toEqual([true, false]);
  // A session policy gives nothing that the role does not have.
  expect(mayRead(narrow, 'a/1', 's3:PutObject')).toBe(false);
});

it.each([
  [{ Policy: 'no policy' }, 'MalformedPolicyDocument'],
  [
    { Policy: JSON.stringify(policyOf({ ...statement('s3:*', '*'), Condition: { IpAddress: {} } })) },
    'MalformedPolicyDocument',
  ],
  [{ PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] }, 'InvalidParameterValue'],
])('what it cannot enforce is refused: %j', async (more, code) => {
  await expect(assume(more)).rejects.toMatchObject({ Code: code });
});
