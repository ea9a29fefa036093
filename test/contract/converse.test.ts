import {
  BedrockRuntimeClient,
  BedrockRuntimeServiceException,
  ConverseCommand,
  type ContentBlock,
  type ConverseCommandInput,
} from '@aws-sdk/client-bedrock-runtime';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBedrock } from '../../infra/local/bedrock/server.ts';
import { bedrockVisionModel } from '../../lib/adapters/bedrock-vision-model.ts';
import { promptIn } from '../../lib/vision/prompt.ts';
import { parseReply } from '../../lib/vision/reply.ts';
import { ending, type Asked } from '../support/asked.ts';
import { attached, bareWorld } from '../world/bare-world.ts';

/**
 * A model that is shown a picture and has to use a tool, asked by the real SDK and the adapter. Names, statuses and limits are those
 * of Converse, ImageBlock, ToolChoice and ToolUseBlock, Amazon Bedrock API Reference. One is on purpose: a request without a picture is
 * refused, which AWS would take, since the service sends none. What a model says of a picture is its own
 * affair; whether its file is whole, the world does not look at (bedrock.test.ts).
 */

const FIRST_LOAD_MS = 600_000;
const { text, tool } = promptIn('en');

type Bedrock = Asked<BedrockRuntimeClient>;

const connect = (endpoint: string) =>
  new BedrockRuntimeClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });

async function openEmbedded(): Promise<Bedrock> {
  const server = await startBedrock({ workers: 1 });
  const client = connect(server.endpoint);
  return { client, close: ending(client, server) };
}

function openWorld(): Promise<Bedrock> {
  const client = attached(connect('http://localhost'), bareWorld());
  return Promise.resolve({ client, close: ending(client) });
}

const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'navy' } })
  .jpeg()
  .toBuffer();
const jpeg = (bytes: Uint8Array): ContentBlock => ({ image: { format: 'jpeg', source: { bytes } } });

type ToolConfig = NonNullable<ConverseCommandInput['toolConfig']>;
const { properties: PROPERTIES } = tool.inputSchema as unknown as { readonly properties: object };
const toolConfig = (properties = PROPERTIES): ToolConfig => ({
  tools: [
    {
      toolSpec: {
        name: tool.name,
        description: tool.description,
        inputSchema: { json: { type: 'object', properties } as never },
      },
    },
  ],
  toolChoice: { tool: { name: tool.name } },
});

describe.each([
  ['the embedded Bedrock', openEmbedded],
  ['the model of a world', openWorld],
])('%s', (_name, open) => {
  let bedrock: Bedrock;
  beforeAll(async () => {
    bedrock = await open();
  }, FIRST_LOAD_MS);
  afterAll(() => bedrock.close());

  const converse = (content: ContentBlock[], more: Partial<ConverseCommandInput> = {}) =>
    bedrock.client.send(
      new ConverseCommand({
        modelId: 'any',
        messages: [{ role: 'user', content: [{ text }, ...content] }],
        toolConfig: toolConfig(),
        ...more,
      }),
    );
  async function expectInvalid(answer: Promise<unknown>) {
    const error: unknown = await answer.catch((one: unknown) => one);
    expect(error).toBeInstanceOf(BedrockRuntimeServiceException);
    expect(error).toMatchObject({ name: 'ValidationException', $metadata: { httpStatusCode: 400 } });
  }

  describe('an answer', () => {
    it('uses the tool that it has to use', async () => {
      const { $metadata, output, stopReason } = await converse([jpeg(picture)]);
      expect($metadata.httpStatusCode).toBe(200);
      expect(stopReason).toBe('tool_use');
      expect(output!.message!.role).toBe('assistant');
      const uses = output!.message!.content!.flatMap(({ toolUse }) => toolUse ?? []);
      expect(uses).toEqual([
        {
          toolUseId: expect.stringMatching(/^[a-zA-Z0-9_-]{1,64}$/) as string,
          name: tool.name,
          input: expect.any(Object) as object,
        },
      ]);
    });

    it('fills no field that the tool does not have', async () => {
      const { output } = await converse([jpeg(picture)], {
        toolConfig: toolConfig({ caption: { type: 'string' }, mood: { type: 'string' } }),
      });
      const use = output!.message!.content!.find(({ toolUse }) => toolUse)!.toolUse!;
      expect(Object.keys(use.input as object)).toEqual(['caption']);
    });

    it('uses the tool where it may, and writes JSON where it has none', async () => {
      for (const toolChoice of [{ auto: {} }, { any: {} }, undefined]) {
        const { output } = await converse([jpeg(picture)], {
          toolConfig: { ...toolConfig(), toolChoice },
        });
        expect(output!.message!.content!.some(({ toolUse }) => toolUse?.name === tool.name)).toBe(true);
      }
      const { output, stopReason } = await converse([jpeg(picture)], { toolConfig: undefined });
      expect(stopReason).toBe('end_turn');
      const texts = output!.message!.content!.map((block) => block.text!);
      expect(parseReply(texts.join('\n')).tags).not.toEqual([]);
    });

    it('says what it cost and how long it took', async () => {
      const { usage, metrics } = await converse([jpeg(picture)]);
      expect(usage!.inputTokens).toBeGreaterThan(0);
      expect(usage!.outputTokens).toBeGreaterThan(0);
      expect(usage!.totalTokens).toBe(usage!.inputTokens! + usage!.outputTokens!);
      expect(metrics!.latencyMs).toBeGreaterThanOrEqual(0);
    });

    it('is the same of the same picture, and one that the adapter reads', async () => {
      const model = bedrockVisionModel(bedrock.client, { modelId: 'any', maxOutputTokens: 100 });
      const first = await model.look(picture, promptIn('en'));
      expect(parseReply(first.reply).tags).not.toEqual([]);
      expect(first.usage.inputTokens).toBeGreaterThan(0);
      expect((await model.look(picture, promptIn('en'))).reply).toEqual(first.reply);
    });
  });

  describe('a request is refused', () => {
    it('without messages, and with a message of nothing', async () => {
      await expectInvalid(converse([], { messages: [] }));
      await expectInvalid(converse([], { messages: [{ role: 'user', content: [] }] }));
    });

    it('of bytes that are no picture, and of a picture of another format', async () => {
      await expectInvalid(converse([jpeg(Buffer.from('not a picture at all'))]));
      await expectInvalid(converse([{ image: { format: 'png', source: { bytes: picture } } }]));
    });

    it('with a picture above 3.75 MB', async () => {
      const bytes = Buffer.concat([picture, Buffer.alloc(3.75 * 1024 * 1024 - picture.length + 1)]);
      await expectInvalid(converse([jpeg(bytes)]));
    });

    it('with more than 20 pictures', async () => {
      await expectInvalid(converse(Array.from({ length: 21 }, () => jpeg(picture))));
    });

    it('that has to use a tool which it does not have, or one of no proper name', async () => {
      const other = { ...toolConfig(), toolChoice: { tool: { name: 'other' } } };
      await expectInvalid(converse([jpeg(picture)], { toolConfig: other }));
      await expectInvalid(converse([jpeg(picture)], { toolConfig: { ...toolConfig(), tools: [] } }));
      const [{ toolSpec }] = toolConfig().tools as unknown as [{ toolSpec: object }];
      const tools = [{ toolSpec: { ...toolSpec, name: 'a name' } }] as never;
      const named = { tools, toolChoice: { tool: { name: 'a name' } } };
      await expectInvalid(converse([jpeg(picture)], { toolConfig: named }));
    });

    it('with a temperature above 1 or no room for an answer', async () => {
      await expectInvalid(converse([jpeg(picture)], { inferenceConfig: { temperature: 1.1 } }));
      await expectInvalid(converse([jpeg(picture)], { inferenceConfig: { maxTokens: 0 } }));
    });

    it('as the adapter says: the model refused it', async () => {
      const model = bedrockVisionModel(bedrock.client, { modelId: 'any', maxOutputTokens: 100 });
      await expect(model.look(Buffer.from('no picture here'), promptIn('en'))).rejects.toMatchObject({
        kind: 'unavailable',
        code: 'model_refused',
      });
    });

    it('without a picture: on purpose', async () => {
      await expectInvalid(converse([]));
    });
  });
});
