import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { Access } from '../iam/access.ts';
import { dynamoDbWishes } from '../iam/dynamodb-wishes.ts';
import { isFromProgram } from './local-callers.ts';
import { NotSigned, readWhole, verifyCaller } from './signed-request.ts';

export interface GatewayOptions {
  /** Absent: signatures are not looked at, and everybody may do everything. */
  readonly access?: Access;
  /** Hears of every request that is let through, such as `PutItem`. */
  readonly onAction?: (action: string) => void;
}

/**
 * What stands before dynalite, which lets every web page in by CORS and checks no signature: pages are refused, and
 * where there is access to enforce, everybody whom the policies do not allow.
 */
export function guard(serve: RequestListener, { access, onAction }: GatewayOptions): RequestListener {
  return (request, response) => {
    if (!isFromProgram(request.headers)) {
      response.writeHead(403).end();
      return;
    }
    const action = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    if (!access) {
      onAction?.(action);
      serve(request, response);
      return;
    }
    void readWhole(request)
      .then((body) => {
        const caller = verifyCaller(request, body, 'dynamodb', access);
        for (const wish of dynamoDbWishes(action, JSON.parse(body.toString()))) {
          const refused = access.refusal(caller, wish);
          if (refused === undefined) continue;
          refuse(response, 'AccessDeniedException', refused);
          return;
        }
        onAction?.(action);
        serve(replayed(request, body), response);
      })
      .catch((error: unknown) => {
        if (error instanceof NotSigned) refuse(response, 'UnrecognizedClientException', error.message);
        else refuse(response, 'SerializationException', String(error));
      });
  };
}

/** The request once more, with a body that can be read again. */
function replayed(request: IncomingMessage, body: Buffer): IncomingMessage {
  const { headers, method, url, socket, httpVersion } = request;
  return Object.assign(Readable.from([body]), { headers, method, url, socket, httpVersion }) as never;
}

function refuse(response: ServerResponse, type: string, message: string): void {
  const headers = { 'content-type': 'application/x-amz-json-1.0' };
  response
    .writeHead(400, headers)
    .end(JSON.stringify({ __type: `com.amazon.coral.service#${type}`, message }));
}
