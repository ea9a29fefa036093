import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import sharp from 'sharp';
import { startBedrock } from '../../../infra/local/bedrock/server.ts';
import type { ForwardTo } from '../../../infra/local/bedrock/openai-forwarder.ts';
import { bedrockVisionModel } from '../../adapters/bedrock-vision-model.ts';
import type { ViewWords } from '../../domain/gloss.ts';
import { promptIn } from '../../vision/prompt.ts';
import { parseReply } from '../../vision/reply.ts';
import { CommandError } from '../terminal/command-error.ts';

const SIDE_PX = 256;
const MAX_OUTPUT_TOKENS = 600;

/** What came of showing a model a red picture. */
export interface ModelTrial {
  readonly words: ViewWords;
  /** Whether the words say red: a model that is blind makes something up. */
  readonly sees: boolean;
}

/**
 * Shows a model a red picture, in the way in which the stack shows it pictures.
 * @throws CommandError `forward` that says what is wrong: nobody is there, there is no such model, it takes no pictures, it writes no words.
 */
export async function tryModel(forwardTo: ForwardTo): Promise<ModelTrial> {
  const background = { r: 220, g: 20, b: 20 };
  const jpeg = await sharp({ create: { width: SIDE_PX, height: SIDE_PX, channels: 3, background } })
    .jpeg()
    .toBuffer();
  const bedrock = await startBedrock({ forwardTo });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new BedrockRuntimeClient({
    endpoint: bedrock.endpoint,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
  });
  try {
    const model = bedrockVisionModel(client, {
      modelId: forwardTo.model,
      maxOutputTokens: MAX_OUTPUT_TOKENS,
    });
    const { reply, stopReason } = await model.look(jpeg, promptIn('en'));
    const words = parseReply(reply, stopReason);
    const said = [...words.tags, words.caption].join(' ');
    return { words, sees: /\b(?:red|crimson|scarlet)\b/i.test(said) };
  } catch (error) {
    throw new CommandError('forward', `${forwardTo.model} cannot describe pictures: ${reasonOf(error)}`, {
      cause: error,
    });
  } finally {
    client.destroy();
    await bedrock.close();
  }
}

/** What the endpoint said stands in the cause of an error of the model; the person who named its address reads it. */
function reasonOf(error: unknown): string {
  const { cause } = error as Error;
  return (cause instanceof Error ? cause : (error as Error)).message;
}
