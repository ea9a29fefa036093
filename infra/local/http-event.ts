import { validateHeaderName, validateHeaderValue, type IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { ACCOUNT_ID } from './physical-names.ts';

/** What of a Node request goes into the event. */
type RequestHead = Pick<IncomingMessage, 'method' | 'url' | 'headersDistinct' | 'httpVersion'> & {
  readonly sourceIp: string;
};

/** Content types that an HTTP API hands on as text; all others come in base64. */
const TEXT_TYPE =
  /^(text\/|application\/(json|javascript|xml|x-www-form-urlencoded|[^;]*\+(json|xml))\s*(;|$))/i;

/**
 * A request as API Gateway's payload format 2.0: header names in lower case, repeated ones joined by a comma, cookies
 * apart, and a `rawPath` that, its name notwithstanding, is percent-decoded.
 * @throws URIError for a path with a broken escape.
 */
export function toHttpEvent(
  request: RequestHead,
  body: Buffer,
  requestId: string,
  now: Date,
): APIGatewayProxyEventV2 {
  const { method = 'GET', url = '/', sourceIp } = request;
  const queryAt = url.indexOf('?');
  const rawPath = decodeURIComponent(queryAt < 0 ? url : url.slice(0, queryAt));
  const rawQueryString = queryAt < 0 ? '' : url.slice(queryAt + 1);
  const { cookie, ...others } = request.headersDistinct;
  const headers = Object.fromEntries(
    Object.entries(others).map(([name, values]) => [name, values?.join(',')]),
  );
  const cookies = cookie?.flatMap((line) => line.split(/;\s*/));
  const isText = headers['content-type'] === undefined || TEXT_TYPE.test(headers['content-type']);
  const query = queryOf(rawQueryString);
  const domainName = headers.host ?? '127.0.0.1';
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(cookies ? { cookies } : {}),
    headers,
    ...(Object.keys(query).length > 0 ? { queryStringParameters: query } : {}),
    requestContext: {
      accountId: ACCOUNT_ID,
      apiId: 'local',
      domainName,
      domainPrefix: domainName.split('.')[0]!,
      http: {
        method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: now.toISOString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 ? { body: body.toString(isText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** Values of one name are joined by a comma. */
function queryOf(rawQueryString: string): Record<string, string> {
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, all.join(',')]));
}

/** What goes back to the client. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const StructuredResult = z.object({
  statusCode: z.coerce.number().int().min(200).max(599),
  headers: z.record(z.string(), scalar).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

/** Headers that belong to the connection, which is the server's. */
const HOP_HEADERS: ReadonlySet<string> = new Set(['connection', 'content-length', 'transfer-encoding']);

/**
 * A function's result in payload format 2.0. Without a statusCode the whole result is the JSON body of a 200.
 * @throws Error for a statusCode with something beside it, or in it, that cannot be sent.
 */
export function toHttpAnswer(result: unknown): HttpAnswer {
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    const body = typeof result === 'string' ? result : JSON.stringify(result);
    return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = StructuredResult.parse(result);
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const sendable = named.filter(([name]) => !HOP_HEADERS.has(name));
  for (const [name, value] of [...sendable, ...cookies.map((cookie) => ['set-cookie', cookie] as const)]) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  }
  return {
    status: statusCode,
    headers: { ...Object.fromEntries(sendable), ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}) },
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}
