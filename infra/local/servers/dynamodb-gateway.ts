import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Access } from '../iam/access.ts';
import { dynamoDbWishes } from '../iam/dynamodb-wishes.ts';
import { replayed } from './dynamodb-calls.ts';
import type { Transactions } from './dynamodb-transactions.ts';
import { Gate } from './gate.ts';
import { isFromProgram } from './local-callers.ts';
import { NotSigned, readWhole, verifyCaller } from './signed-request.ts';

export interface GatewayOptions {
  /** Absent: signatures are not looked at, and everybody may do everything. */
  readonly access?: Access;
  /** Hears of every request that is let through, such as `PutItem`. */
  readonly onAction?: (action: string) => void;
}

/**
 * What stands before dynalite, which lets every web page in by CORS, checks no signature and knows no transactions: pages are
 * refused, and where there is access to enforce, everybody whom the policies do not allow. While a transaction is
 * written, everything else waits.
 */
export function guard(
  serve: RequestListener,
  transactions: Transactions,
  { access, onAction }: GatewayOptions,
): RequestListener {
  const gate = new Gate();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const action = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const body = await readWhole(request);
    if (access) {
      const caller = verifyCaller(request, body, 'dynamodb', access);
      for (const wish of dynamoDbWishes(action, JSON.parse(body.toString()))) {
        const refused = access.refusal(caller, wish);
        if (refused === undefined) continue;
        answer(response, 400, error('AccessDeniedException', refused));
        return;
      }
    }
    onAction?.(action);
    if (action === 'TransactWriteItems') {
      const written = await gate.alone(() => transactions.write(JSON.parse(body.toString())));
      answer(response, written.status, written.body);
      return;
    }
    await gate.share(async () => {
      const ended = once(response, 'close');
      serve(replayed(request, body), response);
      await ended;
    });
  }

  return (request, response) => {
    if (!isFromProgram(request.headers)) {
      response.writeHead(403).end();
      return;
    }
    handle(request, response).catch((cause: unknown) => {
      const type = cause instanceof NotSigned ? 'UnrecognizedClientException' : 'SerializationException';
      answer(response, 400, error(type, cause instanceof Error ? cause.message : String(cause)));
    });
  };
}

const error = (type: string, message: string) => ({ __type: `com.amazon.coral.service#${type}`, message });

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
}
