import type { IncomingMessage, RequestListener } from 'node:http';
import { Readable } from 'node:stream';

/** The answer of a request to DynamoDB. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The request once more, with a body that can be read again. */
export function replayed(
  { headers, method, url, socket, httpVersion }: IncomingMessage,
  body: Buffer,
): IncomingMessage {
  return Object.assign(Readable.from([body]), { headers, method, url, socket, httpVersion }) as never;
}

/** Calls a DynamoDB of this process without the network. */
export type Call = (action: string, input: object) => Promise<Answer>;

/** What dynalite asks of a request before it looks at its body. */
const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20260101T000000Z',
  authorization: 'AWS4-HMAC-SHA256 Credential=x/x/x/x/x, SignedHeaders=host, Signature=x',
};

/** @param serve dynalite's own listener */
export function callsOf(serve: RequestListener): Call {
  return (action, input) =>
    new Promise((resolve) => {
      const headers = { ...HEADERS, 'x-amz-target': `DynamoDB_20120810.${action}` };
      const request = Object.assign(Readable.from([Buffer.from(JSON.stringify(input))]), {
        headers,
        method: 'POST',
        url: '/',
      });
      const response = {
        statusCode: 200,
        setHeader: () => undefined,
        end(this: { readonly statusCode: number }, text: string) {
          resolve({ status: this.statusCode, body: JSON.parse(text) as Answer['body'] });
        },
      };
      serve(request as never, response as never);
    });
}
