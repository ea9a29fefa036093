import { describeDeps } from './deps/describe-deps.ts';
import { describeHandler } from './handlers/describe-handler.ts';

/** S3 ObjectCreated, through SQS: a picture becomes a gloss. */
export const handler = describeHandler(describeDeps(process.env));
