import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { verifyWebhook } from '../../../lib/client/verify-webhook.ts';

/** Signed by the library of Standard Webhooks. */

const SECRET = 'whsec_sZRqySSS0jR8a1IxoeEuGERsZ5cSTQ5fHO4eIfX6BO8=';
const OTHER = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const AT_MS = 1_800_000_000_000;
const BODY = JSON.stringify({
  type: 'webhook.test',
  timestamp: '2027-01-15T08:00:00.000Z',
  data: { name: 'größe' },
});

const signature = (secret: string, body = BODY) => new Webhook(secret).sign('msg_1', new Date(AT_MS), body);
const headers = (signatures: string, timestamp = String(AT_MS / 1_000)) => ({
  'webhook-id': 'msg_1',
  'webhook-timestamp': timestamp,
  'webhook-signature': signatures,
});

it.each([
  ['headers as Node.js gives them', headers(signature(SECRET)), BODY],
  ['headers as fetch gives them', new Headers(headers(signature(SECRET))), BODY],
  ['two signatures while a secret changes', headers(`${signature(OTHER)} ${signature(SECRET)}`), BODY],
  ['the bytes of the body', headers(signature(SECRET)), new TextEncoder().encode(BODY)],
])('opens %s', async (_, sent, body) => {
  expect(await verifyWebhook(SECRET, sent, body, { nowMs: AT_MS })).toEqual(JSON.parse(BODY));
});

it.each([
  ['another secret', OTHER, headers(signature(SECRET)), BODY],
  ['another body', SECRET, headers(signature(SECRET)), BODY.replace('test', 'rest')],
  ['another time', SECRET, headers(signature(SECRET), String(AT_MS / 1_000 + 1)), BODY],
  ['no headers', SECRET, {}, BODY],
  ['another version', SECRET, headers(signature(SECRET).replace('v1', 'v2')), BODY],
  ['what is no base64', SECRET, headers('v1,???'), BODY],
])('opens nothing with %s', async (_, secret, sent, body) => {
  const opened = verifyWebhook(secret, sent, body, { nowMs: AT_MS });
  await expect(opened).rejects.toMatchObject({ name: 'GlossProblem', code: 'webhook_signature' });
});

it.each([-301_000, 301_000])('opens nothing that is %i ms old', async (ms) => {
  const opened = verifyWebhook(SECRET, headers(signature(SECRET)), BODY, { nowMs: AT_MS + ms });
  await expect(opened).rejects.toMatchObject({ code: 'webhook_time' });
});
