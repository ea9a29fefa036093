import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { FunctionFailed, Overloaded } from '../function-host.ts';
import type { Access } from '../iam/access.ts';
import { isFromProgram } from './local-callers.ts';
import { NotSigned, verifyCaller } from './signed-request.ts';
import { listen } from './listen.ts';

/** Of a request, and in function-child.ts of a response: "Lambda quotas", AWS Lambda Developer Guide. */
const MAX_REQUEST_BYTES = 6 * 1024 * 1024;
const INVOKE = /^\/2015-03-31\/functions\/([\w-]+)\/invocations$/;

export interface InvokedFunction {
  readonly arn: string;
  /** @throws FunctionFailed, Overloaded */
  readonly invoke: (event: unknown) => Promise<unknown>;
}

export interface LambdaOptions {
  /** Default: a free one. */
  readonly port?: number;
  /** Absent: signatures are not looked at, and everybody may do everything. */
  readonly access?: Access;
  /** By name. */
  readonly functionNamed: (name: string) => InvokedFunction | undefined;
}

class LambdaError extends Error {
  readonly status: number;
  readonly type: string;
  constructor(status: number, type: string, message: string) {
    super(message);
    this.status = status;
    this.type = type;
  }
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Starts the embedded Lambda on 127.0.0.1: Invoke of a function that is waited for (`RequestResponse`). */
export async function startLambda(options: LambdaOptions) {
  const server = createServer((request, response) => {
    if (!isFromProgram(request.headers)) {
      response.writeHead(403).end();
      return;
    }
    void answer(request, options)
      .catch(replyTo)
      .then(({ status, headers, body }) => {
        response
          .writeHead(status, {
            ...headers,
            'content-type': 'application/json',
            'x-amzn-requestid': randomUUID(),
          })
          .end(JSON.stringify(body));
      });
  });
  const endpoint = await listen(server, options.port);
  return {
    endpoint,
    async close(): Promise<void> {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, { access, functionNamed }: LambdaOptions): Promise<Reply> {
  const body = await readBounded(request);
  const caller = access && verifyCaller(request, body, 'lambda', access);
  const [, name] = INVOKE.exec(request.url ?? '') ?? [];
  if (request.method !== 'POST' || name === undefined)
    throw new LambdaError(400, 'InvalidParameterValueException', 'the local Lambda knows Invoke alone');
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type !== 'RequestResponse')
    throw new LambdaError(400, 'InvalidParameterValueException', `no invocation type ${String(type)}`);
  const invoked = functionNamed(name);
  // Whoever may not call a function does not learn whether it exists.
  const resource = invoked?.arn ?? `function:${name}`;
  const refused = caller && access.refusal(caller, { action: 'lambda:InvokeFunction', resource });
  if (refused !== undefined) throw new LambdaError(403, 'AccessDeniedException', refused);
  if (!invoked) throw new LambdaError(404, 'ResourceNotFoundException', `Function not found: ${name}`);
  try {
    return { status: 200, headers: {}, body: await invoked.invoke(eventOf(body)) };
  } catch (error) {
    if (!(error instanceof FunctionFailed)) throw error;
    const { errorType, reason: errorMessage } = error;
    return {
      status: 200,
      headers: { 'x-amz-function-error': 'Unhandled' },
      body: { errorType, errorMessage },
    };
  }
}

/** Reads on after the limit, without keeping anything, so that the sender hears the answer. */
async function readBounded(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes <= MAX_REQUEST_BYTES) pieces.push(piece);
  }
  if (bytes <= MAX_REQUEST_BYTES) return Buffer.concat(pieces);
  const message = `${bytes} byte payload is too large for the RequestResponse invocation type (limit ${MAX_REQUEST_BYTES} bytes)`;
  throw new LambdaError(413, 'RequestTooLargeException', message);
}

function eventOf(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    throw new LambdaError(
      400,
      'InvalidRequestContentException',
      'Could not parse request body into json: it is none',
    );
  }
}

function replyTo(error: unknown): Reply {
  const { status, type, message } = known(error);
  return { status, headers: { 'x-amzn-errortype': type }, body: { Type: 'User', message } };
}

function known(error: unknown): LambdaError {
  if (error instanceof LambdaError) return error;
  if (error instanceof NotSigned) return new LambdaError(403, 'UnrecognizedClientException', error.message);
  if (error instanceof Overloaded) return new LambdaError(429, 'TooManyRequestsException', 'Rate Exceeded.');
  return new LambdaError(500, 'ServiceException', String(error));
}
