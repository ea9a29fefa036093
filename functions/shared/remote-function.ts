import type * as z from 'zod';
import { whenNeeded } from '../../lib/adapters/when-needed.ts';
import type { RemoteFunction } from '../../lib/ports/remote-function.ts';

/**
 * Another function of the deployment, which answers in the shape of a schema.
 * @param waitMs longer than it may take: a call that is tried again runs twice
 */
export const remoteFunction = <Request, Answer>(name: string, waitMs: number, answer: z.ZodType<Answer>) =>
  whenNeeded<RemoteFunction<Request, Answer>>(async () => {
    const { lambda, lambdaFunction } = await import('../late/lambda.ts');
    return lambdaFunction<Request, Answer>(lambda(waitMs), name, answer);
  });
