import { createHmac } from 'node:crypto';
import { lookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';
import { GlossError } from '../domain/errors.ts';
import type { Clock } from '../ports/runtime.ts';
import type { Webhooks } from '../ports/webhooks.ts';

const TIMEOUT_MS = 10_000;

/** Networks that are not on the internet (RFC 6890). A webhook must not reach into our own. */
const INTERNAL = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  INTERNAL.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  INTERNAL.addSubnet(net, prefix, 'ipv6');

const isInternal = (address: string): boolean => INTERNAL.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

/**
 * Webhooks by HTTPS, signed as in the Standard Webhooks specification 1.0: `webhook-signature` is HMAC-SHA256
 * over id, time in seconds and body. The address is resolved once, and the connection uses that result.
 * Redirects are not followed.
 * @param allowLocal for the embedded stack, where receivers are on this machine and speak HTTP
 */
export function httpWebhooks(
  clock: Clock,
  { allowLocal = false }: { readonly allowLocal?: boolean } = {},
): Webhooks {
  const guardedLookup: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const first = addresses.find(({ address }) => allowLocal || !isInternal(address));
      if (error ?? !first) callback(error ?? new Error(`${hostname} is no address on the internet`), '', 4);
      else if (options.all) callback(null, [first]);
      else callback(null, first.address, first.family);
    });
  };

  return {
    async send({ url, secrets }, id, body) {
      const to = new URL(url);
      const host = to.hostname.replace(/^\[|\]$/g, '');
      if (!allowLocal && (to.protocol !== 'https:' || (isIP(host) !== 0 && isInternal(host))))
        throw new GlossError('invalid', 'webhook_url', `${to.origin} is never called`);
      const timestamp = String(Math.floor(clock.nowMs() / 1000));
      const signatures = secrets.map((secret) => {
        const digest = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
        return `v1,${digest}`;
      });
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signatures.join(' '),
      };
      const request = to.protocol === 'https:' ? httpsRequest : httpRequest;
      await new Promise<void>((sent, failed) => {
        const fail = (why: string, cause?: unknown) =>
          failed(new GlossError('unavailable', 'webhook_failed', `the webhook ${why}`, { cause }));
        const call = request(
          to,
          { method: 'POST', headers, lookup: guardedLookup, signal: AbortSignal.timeout(TIMEOUT_MS) },
          (response) => {
            response.resume(); // the content does not matter
            const { statusCode = 0 } = response;
            if (statusCode >= 200 && statusCode < 300) sent();
            else fail(`answered ${statusCode}`);
          },
        );
        call.on('error', (cause) => fail('did not answer', cause));
        call.end(body);
      });
    },
  };
}
