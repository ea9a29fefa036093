import { admitDeps } from './deps/admit-deps.ts';
import { admitHandler } from './handlers/admit-handler.ts';

/** S3 ObjectCreated, through SQS: uploads are written down and sent on to be described. */
export const handler = admitHandler(admitDeps(process.env));
