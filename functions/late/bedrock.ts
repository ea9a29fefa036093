import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';

export { bedrockVisionModel } from '../../lib/adapters/bedrock-vision-model.ts';

export const bedrock = (): BedrockRuntimeClient =>
  new BedrockRuntimeClient({
    maxAttempts: 4,
    retryMode: 'adaptive',
    requestHandler: { requestTimeout: 40_000 },
  });
