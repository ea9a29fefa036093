import { segmentsDeps } from './deps/segments-deps.ts';
import { segmentsHandler } from './handlers/segments-handler.ts';

/** Names the segments of a tenant, or of all. This function may see keys, and nothing else. */
export const handler = segmentsHandler(segmentsDeps(process.env));
