import { expect, it } from 'vitest';
import { createClient, verifyWebhook } from '../../../lib/client/index.ts';

/** What a program gives wrongly is told at once, and is no trouble of the service. */

it.each([
  ['no address', 'foo', 'gls_key', 'foo is no address of a service'],
  ['an address without a scheme', 'localhost:8080', 'gls_key', 'write https://... or http://...'],
  ['no key', 'https://gloss.example', undefined, 'the key or token is missing'],
  [
    'a key with a dash that a page has made',
    'https://gloss.example',
    'gls_–',
    'has a character that none has',
  ],
])('a client with %s is refused', (_, endpoint, key, message) => {
  expect(() => createClient(endpoint, key as string)).toThrow(TypeError);
  expect(() => createClient(endpoint, key as string)).toThrow(message);
});

it.each([
  ['no secret', undefined, '{}', 'needs the secret'],
  ['an empty secret', '', '{}', 'needs the secret'],
  ['a body that was parsed', 'whsec_AAAA', { type: 'image.searchable' }, 'needs the body as it came'],
])('a message with %s is refused', async (_, secret, body, message) => {
  const verified = verifyWebhook(secret as string, {}, body as string);
  await expect(verified).rejects.toThrow(message);
  await expect(verified).rejects.toBeInstanceOf(TypeError);
});

it('a credential that no header can carry is told, also where a function gets it', async () => {
  const client = createClient('https://gloss.example', () => 'gls_–', {
    fetch: () => Promise.reject(new Error('is not asked')),
  });
  await expect(client.call('showMe')).rejects.toThrow(TypeError);
});

it('what an operation cannot be asked for is a problem of the field', async () => {
  const client = createClient('https://gloss.example', 'gls_key', {
    fetch: () => Promise.reject(new Error('is not asked')),
  });
  await expect(client.call('showImage', { path: { id: '../me' } })).rejects.toMatchObject({
    name: 'GlossProblem',
    code: 'field',
    field: 'id',
  });
});
