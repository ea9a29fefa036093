import type { Context, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';

const YEAR_SEC = 31_536_000;

/** Nothing of what browsers can hand to a page is wanted here. */
const UNWANTED = ['camera', 'displayCapture', 'geolocation', 'microphone', 'payment', 'usb'] as const;

const withTransport = (strictTransportSecurity: string | false) =>
  secureHeaders({
    strictTransportSecurity,
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    permissionsPolicy: Object.fromEntries(UNWANTED.map((feature) => [feature, []])),
  });
const overHttps = withTransport(`max-age=${YEAR_SEC}; includeSubDomains`);
const overHttp = withTransport(false);

/** API Gateway says how it was asked. The embedded stack speaks HTTP alone. */
const isHttps = (c: Context): boolean => c.req.header('x-forwarded-proto') === 'https';

/**
 * What every answer says to browsers and caches, errors as well: nosniff, no referrer, no frame, an opener group of its own, TLS
 * for a year. An answer is not stored and runs nothing unless its route says otherwise.
 */
export const securityHeaders: MiddlewareHandler = createMiddleware(async (c, next) => {
  await (isHttps(c) ? overHttps : overHttp)(c, next);
  const { headers } = c.res;
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  if (!headers.has('content-security-policy'))
    headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
});
