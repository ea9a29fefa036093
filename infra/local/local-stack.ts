import { join } from 'node:path';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { ForwardTo } from './bedrock/openai-forwarder.ts';
import { boundedLog } from './bounded-log.ts';
import { openDataDir, SCHEDULES_FILE } from './data-dir.ts';
import { startServers, type EmbeddedServers, type Endpoints } from './embedded-servers.ts';
import { startEventSource } from './event-source.ts';
import { functionEnvironment } from './function-environment.ts';
import { hostFunction, type FunctionHost } from './function-host.ts';
import { startHttpApi } from './http-api.ts';
import { localTemplate } from './local-template.ts';
import { Parts } from './parts.ts';
import { REGION } from './physical-names.ts';
import { startSchedules } from './schedules.ts';
import type { LocalFunction, Mapping } from './topology.ts';

const PROJECT = join(import.meta.dirname, '../..');
const DEFAULT_PORT = 8080;
/** Processes of one function at a time, whatever the template allows: a laptop is no region. */
const MAX_CONCURRENCY = 2;
/** HTTP requests that may wait for a process of the API. */
const MAX_WAITING = 200;

export interface LocalStackOptions {
  readonly dataDir: string;
  /** Of the HTTP API, 8080 by default; 0 takes a free one. The other servers always take free ones. */
  readonly port?: number;
  /** Deletes all data first. */
  readonly reset?: boolean;
  /** Asks this endpoint instead of the embedded model. */
  readonly forwardTo?: ForwardTo;
  /** Gets what somebody may have to look at until the stack closes: failed messages and requests. Also in logs/stack.log of the data folder. */
  readonly onLog?: (line: string) => void;
  /** Gets what takes time while the stack starts. */
  readonly onProgress?: (line: string) => void;
}

export interface LocalStack {
  readonly apiUrl: string;
  readonly endpoints: Endpoints;
  /** The whole environment of a function, found by logical id or source file, so that a command can use its adapters. */
  environmentOf(functionIdOrEntry: string): Record<string, string>;
  /** What reaches the table of tenants as whoever runs the deployment does, for the first keys. */
  tenantsEnvironment(): Record<string, string>;
  close(): Promise<void>;
}

/**
 * Stands the service up on this machine: the synthesized template's tables, queues, bucket, functions, event sources
 * and HTTP API, on embedded servers. Data survives a restart, also after kill -9; messages that were being worked on
 * are delivered again at once.
 * @throws Error that says what to do: the folder is in use, the port is taken, the template has something unknown.
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const parts = new Parts();
  try {
    return await startParts(parts, options);
  } catch (error) {
    await parts.close();
    throw error;
  }
}

async function startParts(parts: Parts, options: LocalStackOptions): Promise<LocalStack> {
  const { port = DEFAULT_PORT, reset = false, forwardTo } = options;
  const { onLog = () => undefined, onProgress = () => undefined } = options;
  const dataDir = await openDataDir(options.dataDir, { reset });
  parts.add({ close: () => dataDir.release() });
  const stackLog = boundedLog(join(dataDir.path, 'logs/stack.log'));
  let closing = false;
  const log = (line: string) => {
    stackLog(`${new Date().toISOString()} ${line}\n`);
    // What is interrupted comes again after the next start: nobody has to look at it.
    if (!closing) onLog(line);
  };

  // The port is taken first, because a start that must fail should fail at once; requests wait for the function.
  const api = Promise.withResolvers<FunctionHost>();
  const http = parts.add(
    await startHttpApi({
      port,
      invoke: async (event) => (await api.promise).invoke(event),
      log: (line) => log(`HTTP API: ${line}`),
    }),
  );
  const template = await localTemplate(PROJECT, { onProgress });
  const hosted = Promise.withResolvers<ReadonlyMap<string, FunctionHost>>();
  const servers = await startServers(parts, dataDir, {
    template,
    apiUrl: http.url,
    forwardTo,
    invoke: async (functionId, event) => (await hosted.promise).get(functionId)!.invoke(event),
    onProgress,
  });
  const { topology, endpoints } = servers;
  const hosts = startFunctions(parts, servers, join(dataDir.path, 'logs'), log);
  hosted.resolve(hosts);
  parts.add(
    await startSchedules({
      schedules: topology.schedules,
      statePath: join(dataDir.path, SCHEDULES_FILE),
      send: servers.send,
      log: (line) => log(`schedules: ${line}`),
    }),
  );
  if (topology.httpFunctionId !== undefined) api.resolve(hosts.get(topology.httpFunctionId)!);
  const buckets = topology.buckets.map(({ name }) => name);
  const ofApi = topology.functions.find(({ logicalId }) => logicalId === topology.httpFunctionId);
  const tenantRoleArn = ofApi?.environment['TENANT_ROLE_ARN'];
  const told = { pid: process.pid, apiUrl: http.url, endpoints: { ...endpoints }, buckets, tenantRoleArn };
  await dataDir.publish(told);

  return {
    apiUrl: http.url,
    endpoints,
    environmentOf(functionIdOrEntry) {
      const fn = topology.functions.find(({ logicalId, entry }) =>
        [logicalId, entry].includes(functionIdOrEntry),
      );
      if (!fn) throw new Error(`${functionIdOrEntry} is no function of the template`);
      return environmentOf(fn, servers);
    },
    tenantsEnvironment: () => servers.tenantsEnvironment,
    close() {
      closing = true;
      return parts.close();
    },
  };
}

/** Hosts every function and feeds them from their queues. */
function startFunctions(
  parts: Parts,
  servers: EmbeddedServers,
  logDir: string,
  log: (line: string) => void,
): ReadonlyMap<string, FunctionHost> {
  const { functions, mappings } = servers.topology;
  const hosts = new Map<string, FunctionHost>();
  for (const fn of functions) {
    const host = hostFunction({
      name: fn.logicalId,
      entryPath: join(PROJECT, fn.entry),
      exportName: fn.exportName,
      environment: environmentOf(fn, servers),
      timeoutMs: fn.timeoutMs,
      memoryMb: fn.memoryMb,
      // For each of its queues, so that none waits behind another.
      maxConcurrency:
        MAX_CONCURRENCY * Math.max(1, mappings.filter((one) => one.functionId === fn.logicalId).length),
      maxWaiting: MAX_WAITING,
      log: boundedLog(join(logDir, `${fn.logicalId}.log`)),
    });
    hosts.set(fn.logicalId, parts.add(host));
  }
  const sources = mappings.map((mapping) =>
    startEventSource({
      // Lambda polls with the rights of the function's role.
      sqs: parts.add(pollerFor(mapping, servers)).client,
      mapping,
      region: REGION,
      maxConcurrency: MAX_CONCURRENCY,
      invoke: hosts.get(mapping.functionId)!.invoke,
      log: (line) => log(`${mapping.functionId}: ${line}`),
    }),
  );
  // Together, so that one time of grace is enough for all.
  parts.add({
    async close() {
      await Promise.all(sources.map((source) => source.close()));
    },
  });
  return hosts;
}

function pollerFor({ functionId }: Mapping, { endpoints, keyPairOf }: EmbeddedServers) {
  const client = new SQSClient({
    region: REGION,
    endpoint: endpoints.sqs,
    credentials: keyPairOf(functionId),
  });
  return {
    client,
    close() {
      client.destroy();
      return Promise.resolve();
    },
  };
}

function environmentOf(fn: LocalFunction, servers: EmbeddedServers): Record<string, string> {
  return functionEnvironment(fn, servers, servers.keyPairOf(fn.logicalId), PROJECT);
}
