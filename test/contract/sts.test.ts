import {
  AssumeRoleCommand,
  STSClient,
  STSServiceException,
  type AssumeRoleCommandInput,
} from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enforceAccess } from '../../infra/local/iam/access.ts';
import { startSts } from '../../infra/local/servers/sts-server.ts';
import { tenantSessions } from '../../lib/adapters/tenant-sessions.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import type { Clock } from '../../lib/ports/runtime.ts';
import { ending, type Asked } from '../support/asked.ts';
import { attached, bareWorld } from '../world/bare-world.ts';

/**
 * Roles that are taken on for a tenant, asked by the real SDK and the adapter. Names and limits are those of AssumeRole, AWS STS API
 * Reference, and of "Role chaining", IAM User Guide. In a world everybody may take on every role.
 */

const roleArn = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
const ROLE = roleArn('Tenant');
const keyPair = (name: string) => ({ accessKeyId: name, secretAccessKey: `secret of ${name}` });

interface Sts extends Asked<STSClient> {
  readonly clock: Clock;
}

const connect = (endpoint: string, name = 'Caller') =>
  new STSClient({ endpoint, region: 'us-east-1', credentials: keyPair(name), maxAttempts: 1 });

const right = { Effect: 'Allow' as const, Action: ['sts:AssumeRole', 'sts:TagSession'], Condition: {} };
type Statement = typeof right & { Resource: string[]; Principal?: { AWS: string[] } };
const role = (name: string, parts: { readonly statements?: Statement[]; readonly trust?: Statement[] }) => {
  const arn = roleArn(name);
  return [arn, { arn, statements: [], trust: [], ...parts }] as const;
};
/** May take on the role of a tenant, as far as its own policy goes. */
const callingRole = (name: string) => role(name, { statements: [{ ...right, Resource: [ROLE] }] });

/** The role of a tenant trusts one of two. */
const startEmbedded = () =>
  startSts(
    enforceAccess({
      roles: {
        byArn: new Map([
          callingRole('Caller'),
          callingRole('Stranger'),
          role('Tenant', {
            trust: [{ ...right, Resource: ['*'], Principal: { AWS: [roleArn('Caller')] } }],
          }),
        ]),
        ofFunction: new Map(),
        denials: [],
      },
      operator: keyPair('Operator'),
      functions: ['Caller', 'Stranger'].map((name) => ({
        credentials: keyPair(name),
        roleArn: roleArn(name),
      })),
      sessionSecret: 'sealed',
    }),
  );

async function openEmbedded(): Promise<Sts> {
  const server = await startEmbedded();
  const client = connect(server.endpoint);
  return {
    client,
    clock: { nowMs: () => Date.now() },
    close: ending(client, server),
  };
}

function openWorld(): Promise<Sts> {
  const world = bareWorld();
  const client = attached(connect('http://localhost'), world);
  return Promise.resolve({
    client,
    clock: world.time,
    close: ending(client),
  });
}

const assume = (client: STSClient, input: Partial<AssumeRoleCommandInput> = {}) =>
  client.send(new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'acme', ...input }));

async function refusalOf(client: STSClient, input: Partial<AssumeRoleCommandInput> = {}) {
  const error: unknown = await assume(client, input).catch((one: unknown) => one);
  expect(error).toBeInstanceOf(STSServiceException);
  const { name, $metadata } = error as STSServiceException;
  return [name, $metadata.httpStatusCode];
}

describe.each([
  ['the embedded STS', openEmbedded],
  ['the STS of a world', openWorld],
])('%s', (_name, open) => {
  let sts: Sts;
  beforeAll(async () => {
    sts = await open();
  });
  afterAll(() => sts.close());

  it('gives credentials for as long as is asked, for an hour where nothing is asked', async () => {
    for (const [DurationSeconds, lifeSec] of [
      [900, 900],
      [undefined, 3_600],
    ]) {
      const beforeMs = sts.clock.nowMs();
      const { Credentials } = await assume(sts.client, { DurationSeconds });
      const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials!;
      expect(AccessKeyId).toMatch(/^ASIA[A-Z0-9]{16}$/);
      expect([SecretAccessKey, SessionToken]).toEqual([
        expect.stringMatching(/./),
        expect.stringMatching(/./),
      ]);
      const lifeMs = lifeSec! * 1000;
      expect(Expiration!.getTime()).toBeGreaterThanOrEqual(beforeMs + lifeMs);
      expect(Expiration!.getTime()).toBeLessThanOrEqual(sts.clock.nowMs() + lifeMs);
    }
  });

  it('says who one is then', async () => {
    const { AssumedRoleUser } = await assume(sts.client);
    expect(AssumedRoleUser).toEqual({
      Arn: 'arn:aws:sts::000000000000:assumed-role/Tenant/acme',
      AssumedRoleId: expect.stringMatching(/^ARO[^:]*:acme$/) as string,
    });
  });

  it('gives sessions of different tags different credentials', async () => {
    const tokens = ['acme', 'bravo'].map(async (Value) => {
      const { Credentials } = await assume(sts.client, { Tags: [{ Key: 'tenant', Value }] });
      return Credentials!.SessionToken;
    });
    expect(new Set(await Promise.all(tokens)).size).toBe(2);
  });

  it.each([
    ['for less than 900 s', { DurationSeconds: 899 }],
    ['for more than an hour, by a role', { DurationSeconds: 3_601 }],
    ['under a name of one character', { RoleSessionName: 'a' }],
    ['under a name of 65 characters', { RoleSessionName: 'a'.repeat(65) }],
    ['under a name with a slash', { RoleSessionName: 'a/b' }],
  ])('gives none %s', async (_what, input) => {
    expect(await refusalOf(sts.client, input)).toEqual(['ValidationError', 400]);
  });

  it.each(['a', 'a-tenant', 'a'.repeat(40)])('gives the adapter a session of tenant %s', async (name) => {
    const session = await tenantSessions(sts.client, ROLE, sts.clock)(parseTenantId(name))();
    expect(session.expiration.getTime()).toBeGreaterThan(sts.clock.nowMs());
  });
});

describe('the embedded STS, which knows who asks', () => {
  let server: Awaited<ReturnType<typeof startEmbedded>>;
  beforeAll(async () => {
    server = await startEmbedded();
  });
  afterAll(() => server.close());

  it.each([
    ['whoever the role does not trust', 'Stranger', 'AccessDenied'],
    ['a key that nobody has', 'Nobody', 'InvalidClientTokenId'],
  ])('refuses %s', async (_who, name, code) => {
    const client = connect(server.endpoint, name);
    expect(await refusalOf(client)).toEqual([code, 403]);
    client.destroy();
  });
});
