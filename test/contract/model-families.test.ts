import { BedrockRuntimeClient, type ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBedrock } from '../../infra/local/bedrock/server.ts';
import { bedrockVisionModel } from '../../lib/adapters/bedrock-vision-model.ts';
import { promptCharacters } from '../../lib/cost/tokens.ts';
import { promptIn } from '../../lib/vision/prompt.ts';
import { parseReply } from '../../lib/vision/reply.ts';

/** Each family is asked in a way that it takes, and gives words; the embedded Bedrock refuses what the family refuses, in Bedrock's words. */

let bedrock: Awaited<ReturnType<typeof startBedrock>>;
let client: BedrockRuntimeClient;
let asked: ConverseCommandInput[] = [];
const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'navy' } })
  .jpeg()
  .toBuffer();

beforeAll(async () => {
  bedrock = await startBedrock({ workers: 1 });
  client = new BedrockRuntimeClient({
    endpoint: bedrock.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
  client.middlewareStack.add(
    (next) => (args) => {
      asked.push(args.input as ConverseCommandInput);
      return next(args);
    },
    { step: 'initialize' },
  );
}, 600_000);
afterAll(async () => {
  client.destroy();
  await bedrock.close();
});

const shapeOf = ({ toolConfig, inferenceConfig }: ConverseCommandInput) => [
  Object.keys(toolConfig?.toolChoice ?? {})[0] ?? (toolConfig ? 'as it likes' : 'no tool'),
  inferenceConfig?.temperature,
];

it.each([
  ['us.amazon.nova-2-lite-v1:0', ['tool', 0]],
  ['anthropic.claude-3-haiku-20240307-v1:0', ['tool', 0]],
  ['global.anthropic.claude-haiku-4-5-20251001-v1:0', ['tool', 0]],
  ['us.anthropic.claude-opus-4-7', ['tool', undefined]],
  ['us.anthropic.claude-opus-5', ['tool', undefined]],
  ['us.mistral.pixtral-large-2502-v1:0', ['any', 0]],
  ['us.meta.llama4-maverick-17b-instruct-v1:0', ['as it likes', 0]],
  ['google.gemma-3-27b-it', ['no tool', undefined]],
  ['acme.never-seen-v1:0', ['no tool', undefined]],
])('%s is asked once, and gives words', async (modelId, shape) => {
  asked = [];
  const model = bedrockVisionModel(client, { modelId, maxOutputTokens: 100 });
  const { reply, stopReason } = await model.look(picture, promptIn('en'));
  expect(parseReply(reply, stopReason).tags).toContain('blue');
  expect(asked.map(shapeOf)).toEqual([shape]);
  // What gloss cost reckons with is what is sent.
  expect(promptCharacters(modelId, promptIn('en'))).toBe(charactersOf(asked[0]));
});

/** Of the request beside the picture: the text, and the tool where there is one. */
function charactersOf({ messages, toolConfig }: Partial<ConverseCommandInput> = {}): number {
  const text = messages?.[0]?.content?.map((block) => block.text ?? '').join('') ?? '';
  return text.length + (toolConfig ? JSON.stringify(toolConfig.tools![0]).length : 0);
}

it('leaves out what a model refuses, from then on', async () => {
  // A family that is known, and of which a new member takes less.
  const strict = new BedrockRuntimeClient({
    endpoint: bedrock.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
  asked = [];
  const modelId = 'us.meta.llama4-maverick-17b-instruct-v1:0';
  strict.middlewareStack.add(
    (next) => (args) => {
      const input = args.input as ConverseCommandInput;
      asked.push(input);
      // Asked as another family, the embedded Bedrock refuses its temperature, then its tool.
      const other =
        input.inferenceConfig?.temperature !== undefined ? 'anthropic.claude-opus-5' : 'google.gemma-3';
      return next({ ...args, input: { ...input, modelId: other } });
    },
    { step: 'initialize' },
  );
  const model = bedrockVisionModel(strict, { modelId, maxOutputTokens: 100 });
  const first = await model.look(picture, promptIn('en'));
  expect(parseReply(first.reply).tags).toContain('blue');
  expect(asked.map(shapeOf)).toEqual([
    ['as it likes', 0],
    ['as it likes', undefined],
    ['no tool', undefined],
  ]);
  await model.look(picture, promptIn('en'));
  expect(asked.slice(3).map(shapeOf)).toEqual([['no tool', undefined]]);
  strict.destroy();
});
