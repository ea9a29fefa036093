import { purgeDeps } from './deps/purge-deps.ts';
import { purgeHandler } from './handlers/purge-handler.ts';

/** Removes everything that a deleted tenant has, and proves it. */
export const handler = purgeHandler(purgeDeps(process.env));
