import { createHmac } from 'node:crypto';
import { isIP } from 'node:net';
import { GlossError } from '../domain/errors.ts';
import { signingKey } from '../domain/webhook-secrets.ts';
import type { Clock } from '../ports/runtime.ts';
import type { Webhooks } from '../ports/webhooks.ts';
import { CallFailed, postOnce } from './post-once.ts';
import { isPublicAddress } from './public-addresses.ts';

/** Enough for a receiver that takes news and works on them later, little for one that holds on to us. */
const DEADLINE_MS = 5_000;

interface WebhookPlaces {
  /** For the embedded stack, where receivers are on this machine and speak HTTP. */
  readonly allowLocal?: boolean;
}

interface HttpWebhooksOptions extends WebhookPlaces {
  /** Over all of a call. */
  readonly deadlineMs?: number;
  /** Certificates in the place of the system's, for tests. */
  readonly ca?: string;
  /** Name servers in the place of the system's, for tests. */
  readonly nameServers?: readonly string[];
}

/**
 * Webhooks by HTTPS, signed as in the Standard Webhooks specification 1.0: `webhook-signature` is HMAC-SHA256
 * over id, time in seconds and body.
 */
export function httpWebhooks(
  clock: Clock,
  { allowLocal = false, deadlineMs = DEADLINE_MS, ca, nameServers }: HttpWebhooksOptions = {},
): Webhooks {
  const mayReach = (address: string) => allowLocal || isPublicAddress(address);
  return {
    async send({ url, secrets }, id, body) {
      const to = calledUrl(url, { allowLocal });
      const timestamp = String(Math.floor(clock.nowMs() / 1000));
      const signatures = secrets.map((secret) => {
        const hmac = createHmac('sha256', signingKey(secret));
        return `v1,${hmac.update(`${id}.${timestamp}.${body}`).digest('base64')}`;
      });
      const headers = {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signatures.join(' '),
      };
      const post = {
        headers,
        body,
        deadlineMs,
        mayReach,
        ...(ca !== undefined && { ca }),
        ...(nameServers && { nameServers }),
      };
      const status = await postOnce(to, post).catch((cause: unknown) => {
        // eslint-disable-next-line no-restricted-syntax -- words of post-once.ts
        throw failure(cause instanceof CallFailed ? cause.message : 'did not answer', cause);
      });
      if (status < 200 || status > 299) throw failure(`answered ${status}`);
    },
  };
}

/** @throws GlossError `invalid`; the names of an address are looked at when they are resolved. */
function calledUrl(url: string, where: WebhookPlaces): URL {
  if (!isCallable(url, where))
    throw new GlossError(
      'invalid',
      'webhook_url',
      `${URL.parse(url)?.origin ?? 'what is no URL'} is never called`,
    );
  return new URL(url);
}

/** Whether an address can be called as far as it shows by itself: by HTTPS, and not at an IP address that is not public. */
export function isCallable(url: string, { allowLocal = false }: WebhookPlaces = {}): boolean {
  const to = URL.parse(url);
  if (!to || (to.protocol !== 'https:' && to.protocol !== 'http:')) return false;
  const host = to.hostname.replace(/^\[|\]$/g, '');
  return allowLocal || (to.protocol === 'https:' && (isIP(host) === 0 || isPublicAddress(host)));
}

const failure = (why: string, cause?: unknown) =>
  new GlossError('unavailable', 'webhook_failed', `the webhook ${why}`, { cause });
