import { LambdaClient } from '@aws-sdk/client-lambda';
import { CONNECT_MS } from '../shared/timeouts.ts';

export { lambdaFunction } from '../../lib/adapters/lambda-function.ts';

export const lambda = (waitMs: number): LambdaClient =>
  new LambdaClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: waitMs, requestTimeout: waitMs },
  });
