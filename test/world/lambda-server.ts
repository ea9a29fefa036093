import {
  InvalidParameterValueException,
  InvalidRequestContentException,
  RequestTooLargeException,
  ResourceNotFoundException,
  TooManyRequestsException,
  type InvokeCommandInput,
} from '@aws-sdk/client-lambda';
import { FunctionFailed, Overloaded } from '../../infra/local/function-host.ts';

/** Of a request and of an answer: "Lambda quotas", AWS Lambda Developer Guide. */
const MAX_BYTES = 6 * 1024 * 1024;

/** @throws FunctionFailed, Overloaded */
export type Invoked = (event: unknown) => Promise<unknown>;

/** Lambda's Invoke of a function that is waited for, in memory. @param functionNamed undefined where there is none */
export async function invokeLikeLambda(
  functionNamed: (name: string) => Invoked | undefined,
  { FunctionName = '', InvocationType = 'RequestResponse', Payload = '' }: InvokeCommandInput,
) {
  // AWS would take the others, too; the service waits for every call.
  if (InvocationType !== 'RequestResponse')
    throw new InvalidParameterValueException(error(400, `no invocation type ${InvocationType}`));
  const payload = Buffer.from(Payload as Uint8Array | string);
  if (payload.length > MAX_BYTES)
    throw new RequestTooLargeException(error(413, `${payload.length} bytes are too many`));
  const invoke = functionNamed(FunctionName);
  if (!invoke) throw new ResourceNotFoundException(error(404, `Function not found: ${FunctionName}`));
  const event = eventOf(payload);
  try {
    const answer = JSON.stringify((await invoke(event)) ?? null);
    return Buffer.byteLength(answer) > MAX_BYTES
      ? failed('Function.ResponseSizeTooLarge', 'Response payload size exceeded maximum allowed payload size')
      : answered(answer);
  } catch (cause) {
    if (cause instanceof Overloaded) throw new TooManyRequestsException(error(429, 'Rate Exceeded.'));
    if (!(cause instanceof FunctionFailed)) throw cause;
    return failed(cause.errorType, cause.reason);
  }
}

const error = (httpStatusCode: number, message: string) => ({ message, $metadata: { httpStatusCode } });

function eventOf(payload: Buffer): unknown {
  if (payload.length === 0) return {};
  try {
    return JSON.parse(payload.toString()) as unknown;
  } catch {
    throw new InvalidRequestContentException(error(400, 'the payload is no JSON'));
  }
}

const answered = (text: string) => ({
  StatusCode: 200,
  Payload: Object.assign(Buffer.from(text), { transformToString: () => text }),
});
const failed = (errorType: string, errorMessage: string) => ({
  ...answered(JSON.stringify({ errorType, errorMessage })),
  FunctionError: 'Unhandled',
});
