import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startBedrockProcess } from './bedrock-process.ts';
import type { ForwardTo } from './bedrock/openai-forwarder.ts';
import { migrateTenants } from '../../lib/adapters/migrate-tenants.ts';
import type { Credentials, DataDir } from './data-dir.ts';
import { enforceAccess } from './iam/access.ts';
import { readRoles } from './iam/roles.ts';
import { bucketNotifier } from './notifications.ts';
import type { Parts } from './parts.ts';
import { physicalNames, REGION } from './physical-names.ts';
import { provision } from './provision.ts';
import { startDynamoDb } from './servers/dynamodb-server.ts';
import { startLambda } from './servers/lambda-server.ts';
import { startS3 } from './servers/s3-server.ts';
import { startSqs } from './servers/sqs-server.ts';
import { startSts } from './servers/sts-server.ts';
import type { Template } from './template.ts';
import { readTopology, type Topology } from './topology.ts';

/** The model that a gloss of the embedded stack names. */
const EMBEDDED_MODEL_ID = 'embedded-detector';
/** Begins the names of what the stack makes. */
const STACK = 'Gloss';
/** Name of the key pair that the stack itself signs with. */
const OPERATOR = 'LocalStack';

/** Where the embedded servers are. */
export interface Endpoints {
  readonly dynamoDb: string;
  readonly s3: string;
  readonly sqs: string;
  readonly bedrock: string;
  readonly lambda: string;
  readonly sts: string;
}

export interface EmbeddedServers {
  readonly topology: Topology;
  readonly endpoints: Endpoints;
  /** Names the model that answers, whatever id it is asked by. */
  readonly modelId: string;
  /** Sends a message as the stack itself. */
  readonly send: (queueUrl: string, message: string) => Promise<void>;
  /** The key pair of a function, by logical id. */
  readonly keyPairOf: (logicalId: string) => Credentials;
  /** What reaches the table of tenants with the stack's own key pair. */
  readonly tenantsEnvironment: Record<string, string>;
}

interface ServersOptions {
  readonly template: Template;
  readonly apiUrl: string;
  readonly forwardTo: ForwardTo | undefined;
  /** Runs a function of the template, by logical id, for another that calls it. */
  readonly invoke: (functionId: string, event: unknown) => Promise<unknown>;
  readonly onProgress: (line: string) => void;
}

/**
 * Starts DynamoDB, SQS, S3, STS, Lambda and Bedrock on the ports that they had last, or free ones, with the tables, queues and buckets of the template in them. Each
 * knows who signed a request and lets through what the policies of the template allow; Bedrock alone asks nobody.
 */
export async function startServers(
  parts: Parts,
  dataDir: DataDir,
  { template, apiUrl, forwardTo, invoke, onProgress }: ServersOptions,
): Promise<EmbeddedServers> {
  const at = (server: keyof Endpoints) => ({ port: dataDir.ports[server] ?? 0 });
  // Loading the model takes longest, so it goes on while everything else is made.
  const bedrock = parts.add(startBedrockProcess({ ...(forwardTo && { forwardTo }), onLog: onProgress }));
  // Names of roles, tables and queues do not depend on where the servers listen.
  const site = { stackName: STACK, sqsEndpoint: '', apiUrl };
  const roles = readRoles(template, physicalNames(template, site));
  const keyPairs = new Map<string, Credentials>();
  for (const name of [OPERATOR, ...roles.ofFunction.keys()]) {
    keyPairs.set(name, await dataDir.credentialsOf(name));
  }
  const access = enforceAccess({
    roles,
    operator: keyPairs.get(OPERATOR)!,
    functions: [...roles.ofFunction].map(([id, roleArn]) => ({ credentials: keyPairs.get(id)!, roleArn })),
    sessionSecret: (await dataDir.credentialsOf('Sessions')).secretAccessKey,
  });
  const dynamoDb = parts.add(
    await startDynamoDb({ dataDir: join(dataDir.path, 'dynamodb'), access, ...at('dynamoDb') }),
  );
  const sqs = parts.add(
    await startSqs({ dataDir: join(dataDir.path, 'sqs'), region: REGION, access, ...at('sqs') }),
  );
  const sts = parts.add(await startSts(access, at('sts')));
  const topology = readTopology(template, { ...site, sqsEndpoint: sqs.endpoint });
  const lambda = parts.add(
    await startLambda({ access, functionNamed: functionsOf(topology, invoke), ...at('lambda') }),
  );

  const config = { region: REGION, credentials: keyPairs.get(OPERATOR)! };
  const clients = {
    dynamoDb: new DynamoDBClient({ ...config, endpoint: dynamoDb.endpoint }),
    sqs: new SQSClient({ ...config, endpoint: sqs.endpoint }),
  };
  parts.add({
    close() {
      clients.dynamoDb.destroy();
      clients.sqs.destroy();
      return Promise.resolve();
    },
  });
  await provision(topology, clients);
  const tenantsTable = topology.functions.flatMap(({ environment }) => environment['TENANTS_TABLE'] ?? [])[0];
  if (tenantsTable !== undefined) await migrateTenants(clients.dynamoDb, tenantsTable);

  // After the queues, for it begins by handing on the events that a killed stack left behind.
  const s3 = parts.add(
    await startS3({
      dataDir: join(dataDir.path, 's3'),
      ...at('s3'),
      region: REGION,
      secretFor: (accessKeyId, sessionToken) => access.secretOf({ accessKeyId, sessionToken }),
      refusal: access.refusal,
      onEvent: bucketNotifier(clients.sqs, topology.buckets),
    }),
  );
  for (const { name, versioned } of topology.buckets) await s3.createBucket(name, { versioned });

  const kept = {
    dynamoDb: dynamoDb.endpoint,
    s3: s3.endpoint,
    sqs: sqs.endpoint,
    lambda: lambda.endpoint,
    sts: sts.endpoint,
  };
  await dataDir.keepPorts(
    Object.fromEntries(Object.entries(kept).map(([name, url]) => [name, Number(new URL(url).port)])),
  );
  return {
    topology,
    endpoints: { ...kept, bedrock: await bedrock.endpoint },
    modelId: forwardTo?.model ?? EMBEDDED_MODEL_ID,
    send: async (QueueUrl, MessageBody) => {
      await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    },
    keyPairOf: (logicalId) => keyPairs.get(logicalId)!,
    tenantsEnvironment: {
      TENANTS_TABLE: tenantsTable ?? '',
      AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: config.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: config.credentials.secretAccessKey,
    },
  };
}

function functionsOf({ functions }: Topology, invoke: ServersOptions['invoke']) {
  const byName = new Map(
    functions.map(({ name, arn, logicalId }) => [
      name,
      { arn, invoke: (event: unknown) => invoke(logicalId, event) },
    ]),
  );
  return (name: string) => byName.get(name);
}
