import { removeDeps } from './deps/remove-deps.ts';
import { removeHandler } from './handlers/remove-handler.ts';

/** S3 ObjectRemoved, through SQS: images leave the index by one commit a tenant, and their glosses and thumbnails go. */
export const handler = removeHandler(removeDeps(process.env));
