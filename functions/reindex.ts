import { reindexDeps } from './deps/reindex-deps.ts';
import { reindexHandler } from './handlers/reindex-handler.ts';

/** Makes the index of a tenant again from its records and glosses. */
export const handler = reindexHandler(reindexDeps(process.env));
