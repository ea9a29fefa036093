import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import {
  shownSecret,
  signingKey,
  signingSecrets,
  webhookSecret,
} from '../../../lib/domain/webhook-secrets.ts';

const HEX = '00ff'.repeat(16);

it('a new secret is whsec_ and the base64 of its bytes, as a library of Standard Webhooks takes it', () => {
  const secret = webhookSecret(HEX);
  expect(secret).toBe('whsec_AP8A/wD/AP8A/wD/AP8A/wD/AP8A/wD/AP8A/wD/AP8=');
  expect(shownSecret(secret)).toBe(secret);
  expect(Buffer.from(signingKey(secret)).toString('hex')).toBe(HEX);
  const at = new Date();
  const signed = createHmac('sha256', signingKey(secret))
    .update(`msg_1.${Math.floor(at.getTime() / 1000)}.{}`)
    .digest('base64');
  expect(new Webhook(secret).sign('msg_1', at, '{}')).toBe(`v1,${signed}`);
});

it('a secret of an earlier version signs as before: the text of its digits is the key', () => {
  const shown = shownSecret(HEX);
  expect(shown).toMatch(/^whsec_[A-Za-z0-9+/]+=*$/);
  expect(Buffer.from(signingKey(shown)).toString()).toBe(HEX);
});

it('the secret before signs until its end', () => {
  const secrets = { current: webhookSecret(HEX), previous: { secret: HEX, endsAtMs: 10 }, revision: 2 };
  expect(signingSecrets(secrets, 9)).toEqual([webhookSecret(HEX), shownSecret(HEX)]);
  expect(signingSecrets(secrets, 10)).toEqual([webhookSecret(HEX)]);
});
