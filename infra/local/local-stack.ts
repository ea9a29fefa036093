import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { join, resolve } from 'node:path';
import { startBedrockProcess } from './bedrock-process.ts';
import type { ForwardTo } from './bedrock/openai-forwarder.ts';
import { boundedLog } from './bounded-log.ts';
import { openDataDir, type Credentials } from './data-dir.ts';
import { startEventSource } from './event-source.ts';
import { functionEnvironment, type Endpoints } from './function-environment.ts';
import { hostFunction, type FunctionHost } from './function-host.ts';
import { startHttpApi } from './http-api.ts';
import { localTemplate } from './local-template.ts';
import { bucketNotifier } from './notifications.ts';
import { REGION } from './physical-names.ts';
import { provision } from './provision.ts';
import { startDynamoDb } from './servers/dynamodb-server.ts';
import { startS3 } from './servers/s3-server.ts';
import { startSqs } from './servers/sqs-server.ts';
import type { Template } from './template.ts';
import { readTopology, type LocalFunction } from './topology.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
/** Begins the names of what the stack makes. */
const STACK = 'Gloss';
const DEFAULT_PORT = 8080;
/** Processes of one function at a time, whatever the template allows: a laptop is no region. */
const DEFAULT_MAX_CONCURRENCY = 2;
/** HTTP requests that may wait for a process of the API. */
const MAX_WAITING = 200;
/** Name of the key pair that the stack itself signs with. */
const OPERATOR = 'LocalStack';

export interface LocalStackOptions {
  readonly dataDir: string;
  /** Of the HTTP API, 8080 by default; 0 takes a free one. The other servers always take free ones. */
  readonly port?: number;
  /** Deletes all data first. */
  readonly reset?: boolean;
  /** Asks this endpoint instead of the embedded detector. */
  readonly forwardTo?: ForwardTo;
  /** Processes of one function at a time. */
  readonly maxConcurrency?: number;
  /** Default: the template of this project's infra/. */
  readonly template?: Template;
  /** Folder in which the template's `gloss:entry` is looked up. Default: this project. */
  readonly projectDir?: string;
  /** Gets what somebody may have to look at: failed messages and requests. Also in logs/stack.log of the data folder. */
  readonly onLog?: (line: string) => void;
  /** Gets what takes time while the stack starts. */
  readonly onProgress?: (line: string) => void;
}

export interface LocalStack {
  readonly apiUrl: string;
  readonly endpoints: Endpoints;
  /** The whole environment of a function, found by logical id or source file, so that a command can use its adapters. */
  environmentOf(functionIdOrEntry: string): Record<string, string>;
  close(): Promise<void>;
}

/**
 * Stands the service up on this machine: the synthesized template's tables, queues, bucket, functions, event sources
 * and HTTP API, on embedded servers. Data survives a restart, also after kill -9; messages that were being worked on
 * are delivered again at once.
 * @throws Error that says what to do: the folder is in use, the port is taken, the template has something unknown.
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { projectDir = PROJECT, maxConcurrency = DEFAULT_MAX_CONCURRENCY } = options;
  const { onLog = () => undefined, onProgress = () => undefined } = options;
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  /** Starts a part that the stack closes when it ends, the last one first. */
  async function started<T extends { close(): Promise<void> }>(part: Promise<T> | T): Promise<T> {
    const ready = await part;
    closers.push(() => ready.close());
    return ready;
  }

  try {
    const dataDir = await openDataDir(options.dataDir, { reset: options.reset ?? false });
    closers.push(() => dataDir.release());
    const stackLog = boundedLog(join(dataDir.path, 'logs/stack.log'));
    const log = (line: string) => {
      stackLog(`${new Date().toISOString()} ${line}\n`);
      onLog(line);
    };

    // The port is taken first, because a start that must fail should fail at once; requests wait for the functions.
    const api = Promise.withResolvers<FunctionHost>();
    api.promise.catch(() => undefined);
    closers.push(() => {
      api.reject(new Error('the stack did not start'));
      return Promise.resolve();
    });
    const http = await started(
      startHttpApi({
        port: options.port ?? DEFAULT_PORT,
        invoke: async (event) => (await api.promise).invoke(event),
        log: (line) => log(`HTTP API: ${line}`),
      }),
    );

    const template = options.template ?? (await localTemplate(projectDir, { onProgress }));
    const bedrockStarts = started(
      startBedrockProcess({ ...(options.forwardTo && { forwardTo: options.forwardTo }), onLog: onProgress }),
    );
    bedrockStarts.catch(() => undefined); // Awaited below; the first error to come is the one to report.
    const dynamoDb = await started(startDynamoDb({ dataDir: join(dataDir.path, 'dynamodb') }));
    const sqs = await started(startSqs({ dataDir: join(dataDir.path, 'sqs'), region: REGION }));
    const topology = readTopology(template, {
      stackName: STACK,
      sqsEndpoint: sqs.endpoint,
      apiUrl: http.url,
    });

    const keyPairs = new Map<string, Credentials>();
    for (const name of [OPERATOR, ...topology.functions.map(({ logicalId }) => logicalId)]) {
      keyPairs.set(name, await dataDir.credentialsOf(name));
    }
    const config = { region: REGION, credentials: keyPairs.get(OPERATOR)! };
    const dynamoDbClient = new DynamoDBClient({ ...config, endpoint: dynamoDb.endpoint });
    const sqsClient = new SQSClient({ ...config, endpoint: sqs.endpoint });
    closers.push(() => {
      dynamoDbClient.destroy();
      sqsClient.destroy();
      return Promise.resolve();
    });
    await provision(topology, { dynamoDb: dynamoDbClient, sqs: sqsClient });

    // After the queues, for it begins by handing on the events that a killed stack left behind.
    const s3 = await started(
      startS3({
        dataDir: join(dataDir.path, 's3'),
        region: REGION,
        secretFor: (accessKeyId) => keyPairs.get(accessKeyId)?.secretAccessKey,
        onEvent: bucketNotifier(sqsClient, topology.buckets),
      }),
    );
    for (const { name } of topology.buckets) await s3.createBucket(name);
    const bedrock = await bedrockStarts;

    const endpoints: Endpoints = {
      dynamoDb: dynamoDb.endpoint,
      s3: s3.endpoint,
      sqs: sqs.endpoint,
      bedrock: bedrock.endpoint,
    };
    const environmentOf = (fn: LocalFunction) =>
      functionEnvironment(fn, endpoints, keyPairs.get(fn.logicalId)!, projectDir);
    const hosts = new Map<string, FunctionHost>();
    for (const fn of topology.functions) {
      const host = hostFunction({
        name: fn.logicalId,
        entryPath: join(projectDir, fn.entry),
        exportName: fn.exportName,
        environment: environmentOf(fn),
        timeoutMs: fn.timeoutMs,
        memoryMb: fn.memoryMb,
        maxConcurrency,
        maxWaiting: MAX_WAITING,
        log: boundedLog(join(dataDir.path, `logs/${fn.logicalId}.log`)),
      });
      hosts.set(fn.logicalId, await started(host));
    }
    const sources = topology.mappings.map((mapping) =>
      startEventSource({
        sqs: sqsClient,
        mapping,
        region: REGION,
        maxConcurrency,
        invoke: (event) => hosts.get(mapping.functionId)!.invoke(event),
        log: (line) => log(`${mapping.functionId}: ${line}`),
      }),
    );
    // Together, so that one time of grace is enough for all.
    closers.push(async () => {
      await Promise.all(sources.map((source) => source.close()));
    });
    if (topology.httpFunctionId !== undefined) api.resolve(hosts.get(topology.httpFunctionId)!);
    await dataDir.publish({ pid: process.pid, apiUrl: http.url, endpoints: { ...endpoints } });

    return {
      apiUrl: http.url,
      endpoints,
      environmentOf(functionIdOrEntry) {
        const fn = topology.functions.find(({ logicalId, entry }) =>
          [logicalId, entry].includes(functionIdOrEntry),
        );
        if (!fn) throw new Error(`${functionIdOrEntry} is no function of the template`);
        return environmentOf(fn);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
