import { sweepDeps } from './deps/sweep-deps.ts';
import { sweepHandler } from './handlers/sweep-handler.ts';

/**
 * What the schedules ask for: images past their time go, and with them the bytes of deleted postings; originals whose
 * events were lost are sent again; segments that no manifest names go; strays past their time go.
 */
export const handler = sweepHandler(sweepDeps(process.env));
