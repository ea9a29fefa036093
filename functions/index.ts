import { indexGlossesDeps } from './deps/index-deps.ts';
import { indexHandler } from './handlers/index-handler.ts';

/** A window's worth of images that have a gloss: one segment for each tenant among them. */
export const handler = indexHandler(indexGlossesDeps(process.env));
