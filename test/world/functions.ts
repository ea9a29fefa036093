import './environment.ts';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { admitDeps } from '../../functions/deps/admit-deps.ts';
import { apiDeps } from '../../functions/deps/api-deps.ts';
import { describeDeps } from '../../functions/deps/describe-deps.ts';
import { indexGlossesDeps } from '../../functions/deps/index-deps.ts';
import { mergeDeps } from '../../functions/deps/merge-deps.ts';
import { notifyDeps } from '../../functions/deps/notify-deps.ts';
import { purgeDeps } from '../../functions/deps/purge-deps.ts';
import { reindexDeps } from '../../functions/deps/reindex-deps.ts';
import { removeDeps } from '../../functions/deps/remove-deps.ts';
import { segmentsDeps } from '../../functions/deps/segments-deps.ts';
import { sweepDeps } from '../../functions/deps/sweep-deps.ts';
import { admitHandler } from '../../functions/handlers/admit-handler.ts';
import { apiHandler } from '../../functions/handlers/api-handler.ts';
import { describeHandler } from '../../functions/handlers/describe-handler.ts';
import { indexHandler } from '../../functions/handlers/index-handler.ts';
import { mergeHandler } from '../../functions/handlers/merge-handler.ts';
import { notifyHandler } from '../../functions/handlers/notify-handler.ts';
import { purgeHandler } from '../../functions/handlers/purge-handler.ts';
import { reindexHandler } from '../../functions/handlers/reindex-handler.ts';
import { removeHandler } from '../../functions/handlers/remove-handler.ts';
import { segmentsHandler } from '../../functions/handlers/segments-handler.ts';
import { sweepHandler } from '../../functions/handlers/sweep-handler.ts';
import type { Environment } from '../../functions/shared/environment.ts';
// Loaded before a world begins: reading a file takes time that no world knows of.
import '../../functions/late/bedrock.ts';
import '../../functions/late/eventbridge.ts';
import '../../functions/late/lambda.ts';
import '../../functions/late/s3.ts';
import '../../functions/late/sqs.ts';
import '../../lib/api/late-routes.ts';
import '../../lib/api/retries.ts';
import { Process } from './process.ts';
import { worldWebhooks } from './webhook-receiver.ts';
import type { World } from './world.ts';

type Worker = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** The handlers of queues, by the files of their functions. */
const WORKERS: Readonly<Record<string, (env: Environment) => Worker>> = {
  'functions/admit.ts': (env) => admitHandler(admitDeps(env)),
  'functions/describe.ts': (env) => describeHandler(describeDeps(env)),
  'functions/index.ts': (env) => indexHandler(indexGlossesDeps(env)),
  'functions/merge.ts': (env) => mergeHandler(mergeDeps(env)),
  'functions/notify.ts': (env) => notifyHandler({ ...notifyDeps(env), webhooks: worldWebhooks }),
  'functions/purge.ts': (env) => purgeHandler(purgeDeps(env)),
  'functions/reindex.ts': (env) => reindexHandler(reindexDeps(env)),
  'functions/remove.ts': (env) => removeHandler(removeDeps(env)),
  'functions/sweep.ts': (env) => sweepHandler(sweepDeps(env)),
};
const API = 'functions/api.ts';

/** A function that runs: its process, and what its module made at the cold start. */
export interface Instance<Handler> {
  readonly process: Process;
  readonly handler: Handler;
}

/** A new instance of a function, with nothing remembered. */
export function startWorker(world: World, entry: string): Instance<Worker> {
  const make = WORKERS[entry];
  if (!make) throw new Error(`no queue feeds ${entry}`);
  return start(world, entry, make);
}

export const startSegments = (world: World) =>
  start(world, 'functions/segments.ts', (env) => segmentsHandler(segmentsDeps(env)));
export const startApi = (world: World) => start(world, API, (env) => apiHandler(apiDeps(env)));

function start<Handler>(world: World, entry: string, make: (env: Environment) => Handler): Instance<Handler> {
  const fn = world.topology.functions.find((one) => one.entry === entry)!;
  const process = new Process(world, entry.slice('functions/'.length, -'.ts'.length));
  const environment = {
    ...fn.environment,
    AWS_REGION: 'us-east-1',
    LAMBDA_TASK_ROOT: new URL('../../lib', import.meta.url).pathname,
  };
  return { process, handler: process.make(() => make(environment)) };
}
