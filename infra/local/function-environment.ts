import { devNull } from 'node:os';
import { join } from 'node:path';
import type { Credentials } from './data-dir.ts';
import type { Endpoints } from './embedded-servers.ts';
import { REGION } from './physical-names.ts';
import type { LocalFunction } from './topology.ts';

/**
 * The environment of a function: the template's, what Lambda adds to it, and the way to the embedded servers; where
 * the template names models, the one that answers here, so that no gloss claims to be another's. Nothing
 * comes from the machine but PATH and the folder of compiled code; in particular no profile or configuration file of the AWS account of whoever runs
 * this.
 */
export function functionEnvironment(
  fn: LocalFunction,
  { endpoints, modelId }: { readonly endpoints: Endpoints; readonly modelId: string },
  credentials: Credentials,
  projectDir: string,
): Record<string, string> {
  return {
    ...fn.environment,
    ...('WEBHOOKS' in fn.environment && { WEBHOOKS: 'local' }),
    // One of the two processes that a function has here.
    ...('CALLS_PER_TENANT' in fn.environment && { CALLS_PER_TENANT: '1' }),
    ...('BUCKET_URL' in fn.environment && {
      BUCKET_URL: `${endpoints.s3}/${fn.environment['BUCKET']!}`,
    }),
    ...('PICTURE_ORIGIN' in fn.environment && { PICTURE_ORIGIN: endpoints.s3 }),
    ...('MODEL_IDS' in fn.environment && { MODEL_IDS: modelId }),
    PATH: process.env.PATH ?? '',
    ...(process.env.NODE_COMPILE_CACHE !== undefined && {
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    }),
    TZ: ':UTC',
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamoDb,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_STS: endpoints.sts,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: endpoints.bedrock,
    AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.name}`,
    LAMBDA_TASK_ROOT: join(projectDir, 'lib'),
    POWERTOOLS_TRACE_ENABLED: 'false',
    GLOSS_LOCAL_FUNCTION_ARN: fn.arn,
  };
}
