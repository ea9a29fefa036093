import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import * as z from 'zod';
import { DecodeAnswer, type DecodeRequest } from '../../lib/adapters/decode-protocol.ts';
import { remoteDecoder } from '../../lib/adapters/remote-decoder.ts';
import { dynamoReservations } from '../../lib/adapters/dynamo-reservations.ts';
import { dynamoStrayNames, dynamoStrays } from '../../lib/adapters/dynamo-strays.ts';
import { dynamoWaitingImages, dynamoWaitingTenants } from '../../lib/adapters/dynamo-waiting-images.ts';
import { Pace, pacingVisionModel } from '../../lib/adapters/pacing-vision-model.ts';
import { perTenant } from '../../lib/adapters/per-tenant.ts';
import { whenNeeded } from '../../lib/adapters/when-needed.ts';
import type { IndexMessage } from '../../lib/domain/messages.ts';
import { CROP_POLICIES } from '../../lib/domain/tenant.ts';
import type { VisionModel } from '../../lib/ports/vision-model.ts';
import { dynamoDb, tenantClients } from '../shared/clients.ts';
import { clock } from '../shared/runtime.ts';
import { text, positiveCount, list, readEnvironment, type Environment } from '../shared/environment.ts';
import { queueAt } from '../shared/queue-at.ts';
import { remoteFunction } from '../shared/remote-function.ts';
import { CHANGING_PICTURES, changingPicturesDeps, objectTimesIn } from '../shared/picture-deps.ts';

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
  const pictures = changingPicturesDeps(clients, env);
  const decode = remoteFunction<DecodeRequest, DecodeAnswer>(
    env.DECODE_FUNCTION,
    DECODE_WAIT_MS,
    DecodeAnswer,
  );
  return {
    ...pictures,
    reservations: perTenant((tenant) =>
      dynamoReservations(clients.dynamoDb(tenant), env.IMAGES_TABLE, clock),
    ),
    objectTimes: objectTimesIn(clients, env.BUCKET),
    strays: perTenant((tenant) => dynamoStrays(clients.uncounted(tenant), env.TENANTS_TABLE)),
    strayNames: dynamoStrayNames(dynamoDb(), env.TENANTS_TABLE),
    waiting: perTenant((tenant) => dynamoWaitingImages(clients.dynamoDb(tenant), env.IMAGES_TABLE)),
    waitingTenants: dynamoWaitingTenants(dynamoDb(), env.TENANTS_TABLE),
    decoder: remoteDecoder(pictures.objects, decode),
    models: modelsOf(env.MODEL_IDS, env.MAX_OUTPUT_TOKENS),
    indexQueue: queueAt<IndexMessage>(env.INDEX_QUEUE_URL),
    settings: { cropPolicy: env.CROP_POLICY, maxBytes: env.MAX_IMAGE_BYTES, maxPixels: env.MAX_IMAGE_PIXELS },
    maxReceives: env.MAX_RECEIVES,
  };
}

/** Models share a client. Each has a pace of its own: a busy one does not slow down the others. */
function modelsOf(modelIds: readonly string[], maxOutputTokens: number): VisionModel[] {
  let client: BedrockRuntimeClient | undefined;
  return modelIds.map((modelId) => {
    const late = whenNeeded<VisionModel>(async () => {
      const { bedrock, bedrockVisionModel } = await import('../late/bedrock.ts');
      return bedrockVisionModel((client ??= bedrock()), { modelId, maxOutputTokens });
    });
    return pacingVisionModel({ modelId, look: (...view) => late.look(...view) }, new Pace());
  });
}
