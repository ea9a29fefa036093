import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import * as z from 'zod';
import { bedrockVisionModel } from '../../lib/adapters/bedrock-vision-model.ts';
import { DecodeAnswer, type DecodeRequest } from '../../lib/adapters/decode-protocol.ts';
import { lambdaFunction } from '../../lib/adapters/lambda-function.ts';
import { remoteDecoder } from '../../lib/adapters/remote-decoder.ts';
import { dynamoReservations } from '../../lib/adapters/dynamo-reservations.ts';
import { dynamoStrayNames, dynamoStrays } from '../../lib/adapters/dynamo-strays.ts';
import { s3ObjectTimes } from '../../lib/adapters/s3-object-times.ts';
import { perTenant } from '../../lib/adapters/per-tenant.ts';
import type { IndexMessage } from '../../lib/domain/messages.ts';
import { CROP_POLICIES } from '../../lib/domain/tenant.ts';
import { dynamoDb, lambda, tenantClients } from '../shared/clients.ts';
import { clock } from '../shared/runtime.ts';
import { text, positiveCount, list, readEnvironment, type Environment } from '../shared/environment.ts';
import { queueAt } from '../shared/queue-at.ts';
import { CHANGING_PICTURES, changingPicturesDeps } from '../shared/picture-deps.ts';

const MODEL = { requestTimeout: 40_000 };
/** Longer than functions/decode.ts may take (infra/ingest.ts). */
const DECODE_WAIT_MS = 80_000;

/** What functions/describe.ts needs, from its environment. @throws Error that names missing variables. */
export function describeDeps(environment: Environment) {
  const env = readEnvironment(
    {
      ...CHANGING_PICTURES,
      INDEX_QUEUE_URL: text,
      MODEL_IDS: list,
      DECODE_FUNCTION: text,
      CROP_POLICY: z.enum(CROP_POLICIES),
      MAX_IMAGE_BYTES: positiveCount,
      MAX_IMAGE_PIXELS: positiveCount,
      MAX_OUTPUT_TOKENS: positiveCount,
      MAX_RECEIVES: positiveCount,
    },
    environment,
  );
  const clients = tenantClients(env.TENANT_ROLE_ARN);
  const bedrock = new BedrockRuntimeClient({
    maxAttempts: 4,
    retryMode: 'adaptive',
    requestHandler: MODEL,
  });
  const pictures = changingPicturesDeps(clients, env);
  const decode = lambdaFunction<DecodeRequest, DecodeAnswer>(
    lambda(DECODE_WAIT_MS),
    env.DECODE_FUNCTION,
    DecodeAnswer,
  );
  return {
    ...pictures,
    reservations: perTenant((tenant) =>
      dynamoReservations(clients.dynamoDb(tenant), env.IMAGES_TABLE, clock),
    ),
    objectTimes: perTenant((tenant) => s3ObjectTimes(clients.s3(tenant), env.BUCKET)),
    strays: perTenant((tenant) => dynamoStrays(clients.uncounted(tenant), env.TENANTS_TABLE)),
    strayNames: dynamoStrayNames(dynamoDb(), env.TENANTS_TABLE),
    decoder: remoteDecoder(pictures.objects, decode),
    models: env.MODEL_IDS.map((modelId) =>
      bedrockVisionModel(bedrock, { modelId, maxOutputTokens: env.MAX_OUTPUT_TOKENS }),
    ),
    indexQueue: queueAt<IndexMessage>(env.INDEX_QUEUE_URL),
    settings: { cropPolicy: env.CROP_POLICY, maxBytes: env.MAX_IMAGE_BYTES, maxPixels: env.MAX_IMAGE_PIXELS },
    maxReceives: env.MAX_RECEIVES,
  };
}
