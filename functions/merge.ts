import { mergeDeps } from './deps/merge-deps.ts';
import { mergeHandler } from './handlers/merge-handler.ts';

/** Keeps the number of live segments small, and drops those that merges have replaced. */
export const handler = mergeHandler(mergeDeps(process.env));
