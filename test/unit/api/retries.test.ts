import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../../lib/api/openapi/operations.ts';
import { identityOf, retryOf } from '../../../lib/api/retries.ts';
import type { Credential, Principal } from '../../../lib/domain/credential.ts';
import { parseTenantId, type Incarnation } from '../../../lib/domain/ids.ts';

const byKey = (id: string, incarnation = 'i1'): Credential => ({
  kind: 'key',
  id,
  incarnation: incarnation as Incarnation,
});
const byToken = (subject: string, issuer = 'https://a', issuedAtMs = 1): Credential => ({
  kind: 'token',
  issuer,
  subject,
  issuedAtMs,
});
const tenant = (credential: Credential, name = 'acme', scopes: readonly string[] = ['search', 'upload']) =>
  ({ kind: 'tenant', tenant: parseTenantId(name), scopes, credential }) as Principal;

describe('a retry', () => {
  it('comes from the same credential: those that differ in anything that lasts differ', () => {
    const all = [
      tenant(byKey('a')),
      tenant(byKey('b')),
      tenant(byKey('a', 'i2')),
      tenant(byKey('a'), 'other'),
      tenant(byKey('a'), 'acme', ['search']),
      tenant(byToken('a')),
      tenant(byToken('b')),
      tenant(byToken('a', 'https://b')),
      { kind: 'operator', credential: byKey('a') } as const,
    ].map((principal) => JSON.stringify(identityOf(principal)));
    expect(new Set(all).size).toBe(all.length);
  });

  it('may come with a newer token of the same subject, with its scopes in another order', () => {
    expect(identityOf(tenant(byToken('a', 'https://a', 2), 'acme', ['upload', 'search']))).toEqual(
      identityOf(tenant(byToken('a'))),
    );
  });
});

/** Names of fields that hold what opens something. */
const SECRET_FIELDS = ['key', 'secret', 'fields'];

it('no answer with a secret in it is kept', () => {
  for (const { id, method, path, example } of OPERATIONS) {
    if (method === 'get') continue;
    const fields = JSON.stringify(example.answer ?? {}).matchAll(/"(\w+)":/g);
    const holdsSecret = [...fields].some(([, name]) => SECRET_FIELDS.includes(name!));
    const retry = retryOf(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'x'));
    if (holdsSecret) expect(retry, id).not.toBe('replayed');
  }
  expect(retryOf('POST', '/v1/nothing')).toBe('again');
  expect(retryOf('POST', '/v1/documents')).toBe('replayed');
});
