import { expect, test, vi } from 'vitest';
import { functionEnvironment } from '../../../../infra/local/function-environment.ts';

const fn = {
  logicalId: 'ApiFunction',
  name: 'Gloss-ApiFunction',
  arn: 'arn:aws:lambda:us-east-1:000000000000:function:Gloss-ApiFunction',
  entry: 'functions/api.ts',
  exportName: 'handler',
  environment: { BUCKET: 'gloss-bucket' },
  timeoutMs: 20_000,
  memoryMb: 1024,
};
const endpoints = {
  dynamoDb: 'http://d',
  s3: 'http://s',
  sqs: 'http://q',
  bedrock: 'http://b',
  lambda: 'http://l',
  sts: 'http://t',
};
const credentials = { accessKeyId: 'ApiFunction', secretAccessKey: 'secret' };

test('leads to the embedded servers and never to the AWS account of whoever runs it', () => {
  vi.stubEnv('AWS_PROFILE', 'production');
  vi.stubEnv('AWS_SESSION_TOKEN', 'token');
  vi.stubEnv('AWS_ENDPOINT_URL', 'https://elsewhere');
  const environment = functionEnvironment(fn, { endpoints, modelId: 'answering' }, credentials, '/project');
  vi.unstubAllEnvs();
  expect(environment).toMatchObject({
    BUCKET: 'gloss-bucket',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'ApiFunction',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL_DYNAMODB: 'http://d',
    AWS_ENDPOINT_URL_S3: 'http://s',
    AWS_ENDPOINT_URL_SQS: 'http://q',
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'http://b',
    AWS_ENDPOINT_URL_LAMBDA: 'http://l',
    LAMBDA_TASK_ROOT: '/project/lib',
  });
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL', 'HOME']) {
    expect(environment).not.toHaveProperty(name);
  }
});

test('has the folder of compiled code where there is one: a process starts in half the time', () => {
  const environment = () => functionEnvironment(fn, { endpoints, modelId: '' }, credentials, '/project');
  vi.stubEnv('NODE_COMPILE_CACHE', '/compiled');
  expect(environment()).toHaveProperty('NODE_COMPILE_CACHE', '/compiled');
  vi.stubEnv('NODE_COMPILE_CACHE', undefined);
  expect(environment()).not.toHaveProperty('NODE_COMPILE_CACHE');
  vi.unstubAllEnvs();
});

test('names the model that answers where the template names one, and nowhere else', () => {
  const servers = { endpoints, modelId: 'answering' };
  const describing = { ...fn, environment: { MODEL_IDS: 'deployed' } };
  expect(functionEnvironment(describing, servers, credentials, '/project')).toMatchObject({
    MODEL_IDS: 'answering',
  });
  expect(functionEnvironment(fn, servers, credentials, '/project')).not.toHaveProperty('MODEL_IDS');
});
