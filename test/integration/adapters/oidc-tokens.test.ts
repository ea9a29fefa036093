import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oidcTokens } from '../../../lib/adapters/oidc-tokens.ts';
import type { Tokens } from '../../../lib/ports/tokens.ts';

/** Tokens signed here by node:crypto (RFC 7515, RS256), with the keys of a JWKS server on this machine (RFC 7517). */

const trusted = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
let aheadMs = 0;
const clock = { nowMs: () => Date.now() + aheadMs };
let server: Server;
let issuer: string;
let tokens: Tokens;

beforeAll(async () => {
  const jwk = { ...trusted.publicKey.export({ format: 'jwk' }), kid: 'key-1', alg: 'RS256', use: 'sig' };
  server = createServer((request, response) => {
    if (request.url !== '/.well-known/jwks.json') response.writeHead(404).end();
    else response.end(JSON.stringify({ keys: [jwk] }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  tokens = oidcTokens({ issuer, audience: 'gloss', tenantClaim: 'org', scopeClaim: 'scope' }, clock);
});
afterAll(() => server.close());

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const nowSec = () => Math.floor(Date.now() / 1000);
const claims = () => ({
  iss: issuer,
  aud: 'gloss',
  sub: 'ann',
  org: 'acme',
  scope: 'openid gloss/search upload',
  iat: 1_700_000_000,
  exp: nowSec() + 60,
});

function signed(payload: object, key: KeyObject = trusted.privateKey, header: object = {}): string {
  const content = `${encoded({ alg: 'RS256', kid: 'key-1', ...header })}.${encoded(payload)}`;
  return `${content}.${createSign('RSA-SHA256').update(content).sign(key, 'base64url')}`;
}

test('a token of the issuer says tenant, scopes and subject', async () => {
  expect(await tokens.verify(signed(claims()))).toEqual({
    tenant: 'acme',
    scopes: ['search', 'upload'],
    issuer,
    subject: 'ann',
    issuedAtMs: 1_700_000_000_000,
  });
  const listing = oidcTokens(
    { issuer, audience: 'gloss', tenantClaim: 'org', scopeClaim: 'permissions' },
    clock,
  );
  const listed = signed({ ...claims(), permissions: ['admin', 'other'] });
  expect(await listing.verify(listed)).toMatchObject({ scopes: ['admin'] });
  expect(await tokens.verify(signed({ ...claims(), scope: undefined }))).toMatchObject({ scopes: [] });
});

test('times count by the clock of the store, however wrong that of the machine is', async () => {
  const minutes = (count: number) => nowSec() + count * 60;
  const short = signed({ ...claims(), iat: minutes(10), exp: minutes(15), nbf: minutes(10) });
  expect(await tokens.verify(short)).toBeUndefined();
  aheadMs = 12 * 60_000; // the machine is so much behind
  expect(await tokens.verify(short)).toMatchObject({ tenant: 'acme' });
  aheadMs = 16 * 60_000;
  expect(await tokens.verify(short)).toBeUndefined();
  aheadMs = -12 * 60_000; // or ahead
  const ended = signed({ ...claims(), iat: minutes(-15), exp: minutes(-10) });
  expect(await tokens.verify(ended)).toMatchObject({ tenant: 'acme' });
  aheadMs = 0;
  expect(await tokens.verify(ended)).toBeUndefined();
});

test('a scope counts with the prefix of this service or without one, and with no other', async () => {
  const scopesOf = async (scope: string) => (await tokens.verify(signed({ ...claims(), scope })))?.scopes;
  expect(await scopesOf('gloss/admin search')).toEqual(['search', 'admin']);
  for (const scope of [
    'other/admin',
    'x/gloss/admin',
    'https://a.example/admin',
    '/admin',
    'gloss//admin',
    'GLOSS/admin',
  ])
    expect(await scopesOf(scope)).toEqual([]);
});

describe('refuses', () => {
  test.each<[string, () => string]>([
    ['an expired one', () => signed({ ...claims(), exp: nowSec() - 1 })],
    ['one that is not valid yet', () => signed({ ...claims(), nbf: nowSec() + 60 })],
    ['one for another audience', () => signed({ ...claims(), aud: 'billing' })],
    ['one of another issuer', () => signed({ ...claims(), iss: 'https://elsewhere.example' })],
    ['one signed by a stranger', () => signed(claims(), stranger.privateKey)],
    ['one with an unknown key id', () => signed(claims(), stranger.privateKey, { kid: 'key-2' })],
    ['one without an end', () => signed({ ...claims(), exp: undefined })],
    ['one of nobody', () => signed({ ...claims(), sub: undefined })],
    ['one of an empty subject', () => signed({ ...claims(), sub: '' })],
    ['one that does not say when it was issued', () => signed({ ...claims(), iat: undefined })],
    ['one without a tenant', () => signed({ ...claims(), org: undefined })],
    ['one with a tenant that cannot be', () => signed({ ...claims(), org: 'acme/../beta' })],
    ['one without a signature', () => `${encoded({ alg: 'none' })}.${encoded(claims())}.`],
    [
      'one with the public key used as a shared secret',
      () => {
        const content = `${encoded({ alg: 'HS256', kid: 'key-1' })}.${encoded(claims())}`;
        const secret = trusted.publicKey.export({ type: 'spki', format: 'pem' });
        return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
      },
    ],
    ['what is no token', () => 'abc.def'],
  ])('%s', async (_, token) => {
    expect(await tokens.verify(token())).toBeUndefined();
  });
});

test('an issuer that cannot be reached is our trouble, not the caller’s', async () => {
  const gone = oidcTokens(
    {
      issuer: 'http://127.0.0.1:9',
      audience: 'gloss',
      tenantClaim: 'org',
      scopeClaim: 'scope',
    },
    clock,
  );
  const token = signed({ ...claims(), iss: 'http://127.0.0.1:9' });
  await expect(gone.verify(token)).rejects.toMatchObject({ kind: 'unavailable' });
});
