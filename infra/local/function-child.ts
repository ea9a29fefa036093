/**
 * The process that a function runs in: loads the handler, then answers one event after another. It ends with its
 * parent, also while a handler hangs.
 */
import { flushCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import { endWithParent } from './end-with-parent.ts';
import type { LambdaContext, ToChild, ToParent } from './function-messages.ts';

/** Lambda's limit for what a handler returns to its caller. */
const MAX_RESPONSE_BYTES = 6 * 1024 * 1024;

type Handler = (event: unknown, context: LambdaContext) => unknown;

endWithParent();
// Ctrl-C reaches every process of the terminal; the parent decides what becomes of it.
process.on('SIGINT', () => undefined);
const [entry = '', exportName = ''] = process.argv.slice(2);
try {
  const handler = await loadHandler();
  process.on('message', (message: ToChild) => void answer(handler, message));
  send({ type: 'ready' });
  flushCompileCache(); // Node.js writes down what it compiled when it ends, but this process is killed.
} catch (error) {
  send({ type: 'init-failed', ...described(error) });
}

async function loadHandler(): Promise<Handler> {
  const module = (await import(pathToFileURL(entry).href)) as Readonly<Record<string, unknown>>;
  const handler = module[exportName];
  if (typeof handler !== 'function') throw new Error(`${entry} exports no function "${exportName}"`);
  return handler as Handler;
}

async function answer(handler: Handler, { event, requestId, deadlineMs }: ToChild): Promise<void> {
  try {
    const result = JSON.stringify((await handler(event, contextOf(requestId, deadlineMs))) ?? null);
    const bytes = Buffer.byteLength(result);
    if (bytes > MAX_RESPONSE_BYTES) {
      throw new Error(`the response has ${bytes} bytes; Lambda returns at most ${MAX_RESPONSE_BYTES}`);
    }
    send({ type: 'done', result });
  } catch (error) {
    console.error(error); // eslint-disable-line no-console -- Lambda, too, logs what a handler throws.
    send({ type: 'failed', ...described(error) });
  }
}

function contextOf(awsRequestId: string, deadlineMs: number): LambdaContext {
  const { AWS_LAMBDA_FUNCTION_NAME: functionName = '', AWS_LAMBDA_LOG_GROUP_NAME: logGroupName = '' } =
    process.env;
  return {
    awsRequestId,
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: process.env.GLOSS_LOCAL_FUNCTION_ARN ?? '',
    logGroupName,
    logStreamName: String(process.pid),
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? '',
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

function described(error: unknown): { errorType: string; errorMessage: string } {
  if (error instanceof Error) return { errorType: error.name, errorMessage: error.message };
  return { errorType: 'Error', errorMessage: String(error) };
}

function send(message: ToParent): void {
  process.send?.(message);
}
