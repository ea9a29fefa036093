import { createSign, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An issuer of OpenID Connect tokens on this machine: RS256 by node:crypto (RFC 7515), its keys as a JWKS (RFC 7517). */
export async function startTokenIssuer() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'key-1', alg: 'RS256', use: 'sig' };
  const server = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] })));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    issuer,
    /** A token that lives for an hour, with all scopes, in the claims that a deployment reads by default. */
    tokenOf(tenant: string, sub: string, issuedSecAgo = 0): string {
      const iat = Math.floor(Date.now() / 1000) - issuedSecAgo;
      const times = { iat, exp: iat + 3_600 };
      const claims = { iss: issuer, aud: 'gloss', sub, tenant, scope: 'search upload admin', ...times };
      const content = `${encoded({ alg: 'RS256', kid: 'key-1' })}.${encoded(claims)}`;
      return `${content}.${createSign('RSA-SHA256').update(content).sign(privateKey, 'base64url')}`;
    },
    async close(): Promise<void> {
      server.close();
      await once(server, 'close');
    },
  };
}
