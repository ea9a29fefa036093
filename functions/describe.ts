import { describeDeps } from './deps/describe-deps.ts';
import { describeHandler } from './handlers/describe-handler.ts';

/** Uploads that were admitted: a picture becomes a gloss. */
export const handler = describeHandler(describeDeps(process.env));
