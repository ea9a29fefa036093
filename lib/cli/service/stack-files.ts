import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { TenantId } from '../../domain/ids.ts';
import { uploadFolder } from '../../domain/object-key.ts';

/** Of every embedded stack. */
const REGION = 'us-east-1';

/** What a running embedded stack tells about itself in its data folder. */
const StackFile = z.object({
  pid: z.int().positive(),
  apiUrl: z.url(),
  endpoints: z.record(z.string(), z.string()),
  buckets: z.array(z.string()),
  tenantRoleArn: z.string().optional(),
});
type StackFile = z.infer<typeof StackFile>;

/** The stack that runs on this data folder; undefined when none does, also after one was killed. */
export async function readRunningStack(dataDir: string): Promise<StackFile | undefined> {
  const text = await readFile(join(dataDir, 'stack.json'), 'utf8').catch(() => '');
  const stack = StackFile.safeParse(parseJson(text)).data;
  return stack && isAlive(stack.pid) ? stack : undefined;
}

const KeyPair = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });
const CredentialsFile = z.object({ LocalStack: KeyPair });

/** The services of a running stack by the names that SDKs and the AWS CLI look for. */
const ENDPOINT_VARIABLES = {
  s3: 'AWS_ENDPOINT_URL_S3',
  sqs: 'AWS_ENDPOINT_URL_SQS',
  dynamoDb: 'AWS_ENDPOINT_URL_DYNAMODB',
  sts: 'AWS_ENDPOINT_URL_STS',
  lambda: 'AWS_ENDPOINT_URL_LAMBDA',
  bedrock: 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME',
} as const;

/** What makes the stack on this data folder the AWS of a program, with the stack's own key pair; undefined when none runs. */
export async function readAwsEnvironment(dataDir: string): Promise<Record<string, string> | undefined> {
  const stack = await readRunningStack(dataDir);
  if (!stack) return undefined;
  const { LocalStack: pair } = CredentialsFile.parse(
    JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8')),
  );
  const endpoints = Object.entries(ENDPOINT_VARIABLES).flatMap(([service, name]) =>
    stack.endpoints[service] === undefined ? [] : [[name, stack.endpoints[service]]],
  );
  return {
    ...(Object.fromEntries(endpoints) as Record<string, string>),
    AWS_ACCESS_KEY_ID: pair.accessKeyId,
    AWS_SECRET_ACCESS_KEY: pair.secretAccessKey,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    ...(stack.buckets[0] !== undefined && { GLOSS_BUCKET: stack.buckets[0] }),
  };
}

/**
 * The same for one tenant: credentials that end in an hour, and reach its originals and nothing else.
 * @param environment of the stack
 */
export async function tenantEnvironment(
  dataDir: string,
  environment: Readonly<Record<string, string>>,
  tenant: TenantId,
): Promise<Record<string, string>> {
  const RoleArn = (await readRunningStack(dataDir))?.tenantRoleArn;
  const bucket = environment['GLOSS_BUCKET'] ?? '';
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['s3:*'], Resource: [`arn:aws:s3:::${bucket}/${uploadFolder(tenant)}*`] },
    ],
  });
  // Loaded here alone: it is half of what most commands would load, and none of them asks for it.
  const { AssumeRoleCommand, STSClient } = await import('@aws-sdk/client-sts');
  const client = new STSClient({
    region: REGION,
    endpoint: environment['AWS_ENDPOINT_URL_STS']!,
    credentials: {
      accessKeyId: environment['AWS_ACCESS_KEY_ID']!,
      secretAccessKey: environment['AWS_SECRET_ACCESS_KEY']!,
    },
  });
  const Tags = [{ Key: 'tenant', Value: tenant }];
  const RoleSessionName = tenant.padEnd(2, '='); // STS requires at least two characters
  const { Credentials } = await client.send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName, Tags, Policy }),
  );
  client.destroy();
  return {
    ...environment,
    AWS_ACCESS_KEY_ID: Credentials!.AccessKeyId!,
    AWS_SECRET_ACCESS_KEY: Credentials!.SecretAccessKey!,
    AWS_SESSION_TOKEN: Credentials!.SessionToken!,
  };
}

/** Keys kept for the commands on this machine: of the tenant `demo`, and of the operator. */
export type LocalKey = 'tenant' | 'operator';
const KEY_FILES: Readonly<Record<LocalKey, string>> = { tenant: 'key', operator: 'operator-key' };

export async function readLocalKey(dataDir: string, whose: LocalKey): Promise<string | undefined> {
  const text = await readFile(join(dataDir, KEY_FILES[whose]), 'utf8').catch(() => '');
  return text.trim() || undefined;
}

/** Readable by the owner alone. */
export async function writeLocalKey(dataDir: string, whose: LocalKey, key: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(join(dataDir, KEY_FILES[whose]), `${key}\n`, { mode: 0o600 });
}

/** A file that is being written may be half there; that is no stack yet. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // somebody else's process is alive too
  }
}
