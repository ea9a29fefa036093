import { InvokeCommand, LambdaServiceException, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { GlossError } from '../domain/errors.ts';
import type { RemoteFunction } from '../ports/remote-function.ts';

/** What Lambda answers to a caller who should come back later. */
const THROTTLED = new Set(['TooManyRequestsException', 'EC2ThrottledException', 'ENILimitReachedException']);
/** Mistakes of ours: a right that was not granted, a function that was not deployed, a request above 6 MB. */
const REFUSED = new Set([
  'AccessDeniedException',
  'InvalidParameterValueException',
  'InvalidRequestContentException',
  'RequestTooLargeException',
  'ResourceNotFoundException',
]);

/** What Lambda answers in the place of a result; `errorType` is missing when the runtime did not get to say it. */
const Failure = z.object({ errorType: z.string().default('Error'), errorMessage: z.string().default('') });

/**
 * A function on AWS Lambda, invoked and waited for (`RequestResponse`). Its name and its words are in the causes of errors, not in
 * their messages.
 */
export function lambdaFunction<Request, Answer>(
  client: LambdaClient,
  name: string,
  answerSchema: z.ZodType<Answer>,
): RemoteFunction<Request, Answer> {
  return {
    async call(request, giveUp) {
      const command = new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(request) });
      const { FunctionError, Payload } = await client
        .send(command, giveUp && { abortSignal: giveUp })
        .catch((cause: unknown) => {
          throw translate(cause);
        });
      const text = Payload?.transformToString() ?? '';
      if (FunctionError !== undefined) throw failureOf(text);
      const answer = answerSchema.safeParse(fromText(text));
      if (answer.success) return answer.data;
      const message = 'a part of the service answered what is not understood';
      throw new GlossError('internal', 'function_answer', message, { cause: answer.error });
    },
  };
}

/**
 * Lambda names a timeout `Sandbox.Timedout`, and before 2024 only in the message: "Task timed out after 3.00 seconds".
 */
function failureOf(text: string): GlossError {
  const { errorType, errorMessage } = Failure.catch({ errorType: 'Error', errorMessage: text }).parse(
    fromText(text),
  );
  const timedOut = errorType === 'Sandbox.Timedout' || /Task timed out after/.test(errorMessage);
  return new GlossError(
    'unavailable',
    timedOut ? 'function_timed_out' : 'function_failed',
    'a part of the service did not finish',
    { cause: new Error(`${errorType}: ${errorMessage}`) },
  );
}

function translate(cause: unknown): GlossError {
  const fault = cause instanceof LambdaServiceException ? cause.name : '';
  if (THROTTLED.has(fault))
    return new GlossError('throttled', 'function_throttled', 'a part of the service is busy', { cause });
  if (REFUSED.has(fault))
    return new GlossError('internal', 'function_refused', 'a part of the service cannot be called', {
      cause,
    });
  return new GlossError('unavailable', 'function_unavailable', 'a part of the service did not answer', {
    cause,
  });
}

function fromText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
