import type { components } from './api-types.ts';
import { GlossProblem } from './problem.ts';

/** What a webhook is told: how an image stands, or that somebody asked for a test. */
export type WebhookMessage = components['schemas']['ImageMessage'] | components['schemas']['TestMessage'];

/** Headers of a request, as `Headers` or as the object that Node.js and frameworks give. */
type SentHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface VerifyOptions {
  /** How far the sender's clock may be from this one; 300 unless given. */
  readonly toleranceSec?: number;
  /** Milliseconds since 1970; the clock of this machine unless given. */
  readonly nowMs?: number;
}

const PREFIX = 'whsec_';

/**
 * Reads a call of the tenant's webhook, once its signature is known to be right and fresh (Standard Webhooks 1.0).
 * @param secret of `GET /v1/webhook`; while a rotation lasts, the old one as well as the new one opens the message
 * @param body exactly as it came, not parsed and written again
 * @returns the message; `webhook-id` is the same whenever the same state is told again
 * @throws TypeError for no secret, and for a body that was parsed
 * @throws GlossProblem `webhook_signature` for what was not signed with this secret, `webhook_time` for what is too old or too new
 */
export async function verifyWebhook(
  secret: string,
  headers: SentHeaders,
  body: string | Uint8Array<ArrayBuffer>,
  { toleranceSec = 300, nowMs = Date.now() }: VerifyOptions = {},
): Promise<WebhookMessage> {
  if (typeof secret !== 'string' || secret === '')
    throw new TypeError('verifyWebhook needs the secret of the webhook');
  if (typeof body !== 'string' && !(body instanceof Uint8Array))
    throw new TypeError(
      'verifyWebhook needs the body as it came: a text or bytes, not what was parsed of it',
    );
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  const signatures = headerOf(headers, 'webhook-signature').split(' ');
  const sent = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const head = new TextEncoder().encode(`${id}.${timestamp}.`);
  const signed = new Uint8Array(head.length + sent.length);
  signed.set(head);
  signed.set(sent, head.length);
  const key = await crypto.subtle.importKey(
    'raw',
    bytesOf(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
  );
  const checks = signatures
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => crypto.subtle.verify('HMAC', key, bytesOf(signature.slice(3)), signed));
  if (!(await Promise.all(checks)).includes(true))
    throw new GlossProblem('this message was not signed with this secret', { code: 'webhook_signature' });
  if (!(Math.abs(nowMs / 1_000 - Number(timestamp)) <= toleranceSec))
    throw new GlossProblem('this message is too old or too new', { code: 'webhook_time' });
  return JSON.parse(new TextDecoder().decode(sent)) as WebhookMessage;
}

function headerOf(headers: SentHeaders, name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  return typeof value === 'string' ? value : '';
}

/** Of base64; none of what is no base64. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array(1);
  }
}
