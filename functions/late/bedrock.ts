import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { CONNECT_MS } from '../shared/timeouts.ts';

export { bedrockVisionModel } from '../../lib/adapters/bedrock-vision-model.ts';

/** A model writes for so long, and sends nothing until it is done. */
const ANSWER_MS = 40_000;

/**
 * Over HTTP/1.1, as the AWS SDK for Python speaks to Bedrock: a connection without an answer is closed, and the next request opens
 * another. Over HTTP/2, all requests of an instance would share one session, and would all wait on it when it is dead. A busy model is
 * asked once more; then the picture waits.
 */
export const bedrock = (answerMs = ANSWER_MS): BedrockRuntimeClient =>
  new BedrockRuntimeClient({
    maxAttempts: 2,
    requestHandler: new NodeHttpHandler({ connectionTimeout: CONNECT_MS, socketTimeout: answerMs }),
  });
