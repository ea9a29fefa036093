import { readFile } from 'node:fs/promises';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import {
  BedrockRuntimeClient,
  ConverseCommand,
  type ContentBlock,
  type ConverseCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../infra/local/bedrock/dual-http-server.ts';
import { startBedrock } from '../../infra/local/bedrock/server.ts';
import { promptIn } from '../../lib/vision/prompt.ts';
import { parseReply } from '../../lib/vision/reply.ts';

const FIRST_DOWNLOAD_MS = 600_000;

const log: string[] = [];
let bedrock: RunningServer;
let client: BedrockRuntimeClient;

beforeAll(async () => {
  bedrock = await startBedrock({ workers: 1, onLog: (line) => log.push(line) });
  client = clientOf(bedrock.endpoint);
}, FIRST_DOWNLOAD_MS);

afterAll(async () => {
  client.destroy();
  await bedrock.close();
});

function clientOf(endpoint: string): BedrockRuntimeClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new BedrockRuntimeClient({ region: 'us-east-1', endpoint, credentials, maxAttempts: 1 });
}

/** What Converse promises whatever is behind it: converse.test.ts. */
function converse(
  content: ContentBlock[],
  requestMetadata?: Record<string, string>,
): Promise<ConverseCommandOutput> {
  const { name, description, inputSchema } = promptIn('en').tool;
  const toolSpec = {
    name,
    description,
    inputSchema: { json: structuredClone(inputSchema) as Record<string, never> },
  };
  return client.send(
    new ConverseCommand({
      modelId: 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0',
      messages: [{ role: 'user', content: [{ text: promptIn('en').text }, ...content] }],
      toolConfig: { tools: [{ toolSpec }], toolChoice: { tool: { name } } },
      requestMetadata,
    }),
  );
}

async function sample(name: string): Promise<ContentBlock> {
  return jpeg(await readFile(new URL(`../fixtures/samples/${name}`, import.meta.url)));
}

function jpeg(bytes: Uint8Array): ContentBlock {
  return { image: { format: 'jpeg', source: { bytes } } };
}

function toolUseOf({ output }: ConverseCommandOutput) {
  return output!.message!.content!.find(({ toolUse }) => toolUse)!.toolUse!;
}

describe('with the AWS SDK, over HTTP/2', () => {
  it('finds the cat and fills the tool of Gloss', async () => {
    const output = await converse([await sample('chelsea.jpg')]);
    expect(output.stopReason).toBe('tool_use');
    expect(output.output!.message!.content![0]!.text).toMatch(/80 everyday classes.*1,000.*no captioner/);
    expect(toolUseOf(output).name).toBe(promptIn('en').tool.name);
    const words = parseReply(toolUseOf(output).input);
    expect(words.tags[0]).toBe('cat');
    expect(words.tags).toContain('brown');
    expect(words.caption).toMatch(/^an Egyptian cat, mostly .*brown/);
    expect(words.visibleText).toBe('');
    expect(output.usage!.inputTokens).toBeGreaterThan(230);
    expect(output.usage!.totalTokens).toBe(output.usage!.inputTokens! + output.usage!.outputTokens!);
  });

  it('says less of what the metadata of the request call a crop', async () => {
    const captionOf = async (requestMetadata?: Record<string, string>) => {
      const output = await converse([await sample('pikolo.jpg')], requestMetadata);
      return parseReply(toolUseOf(output).input).caption;
    };
    expect(await captionOf()).toMatch(/espresso.*perhaps a cup$/);
    expect(await captionOf({ view: 'whole' })).toBe(await captionOf());
    expect(await captionOf({ view: 'crop' })).not.toMatch(/espresso|perhaps/);
  });

  it('reads a PNG with transparency, and says just the colour of what holds no object', async () => {
    const bytes = await sharp({
      create: { width: 300, height: 200, channels: 4, background: { r: 0, g: 0, b: 200, alpha: 1 } },
    })
      .png()
      .toBuffer();
    const output = await converse([{ image: { format: 'png', source: { bytes } } }]);
    expect(toolUseOf(output).input).toEqual({ tags: ['blue'], caption: 'blue', visibleText: '' });
  });

  it('rejects two images, which AWS would take, and one that is cut off', async () => {
    const cat = await sample('chelsea.jpg');
    const rejects = (content: ContentBlock[], message: RegExp) =>
      expect(converse(content)).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringMatching(message) as string,
      });
    await rejects([cat, cat], /exactly one image/);
    await rejects([jpeg(cat.image!.source!.bytes!.slice(0, 2_000))], /cannot be read/);
  });
});

describe('over HTTP/1.1 on the same port', () => {
  it('answers errors in the shape of AWS', async () => {
    const response = await fetch(`${bedrock.endpoint}/model/any/converse`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(400);
    expect(response.headers.get('x-amzn-errortype')).toBe('ValidationException');
    expect(await response.json()).toEqual({ message: expect.stringContaining('messages') as string });
  });

  it('knows no other operation', async () => {
    const response = await fetch(`${bedrock.endpoint}/model/any/invoke`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(404);
    expect(response.headers.get('x-amzn-errortype')).toBe('UnknownOperationException');
  });

  it('understands a request line that comes byte by byte', async () => {
    const { port, hostname } = new URL(bedrock.endpoint);
    const socket = connect(Number(port), hostname);
    socket.setNoDelay(true);
    for (const byte of 'POST') {
      socket.write(byte);
      await new Promise((later) => setImmediate(later));
    }
    socket.write(
      ' /model/any/converse HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}',
    );
    let text = '';
    for await (const chunk of socket) text += (chunk as Buffer).toString();
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
  });
});

it.each(['HTTP/1.1', 'HTTP/2'])(
  'outlives a peer that goes away in the middle of a %s request',
  async (protocol) => {
    const { port, hostname } = new URL(bedrock.endpoint);
    if (protocol === 'HTTP/2') {
      const session = connectHttp2(bedrock.endpoint);
      const stream = session.request({ ':method': 'POST', ':path': '/model/any/converse' });
      await new Promise((sent) => stream.write('{', sent));
      session.destroy();
    } else {
      const socket = connect(Number(port), hostname);
      const head = 'POST /model/any/converse HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{';
      await new Promise((sent) => socket.write(head, sent));
      socket.destroy();
    }
    const response = await fetch(`${bedrock.endpoint}/model/any/converse`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(400);
  },
);

it('says in the log what it is, and nothing of what callers did wrong', () => {
  expect(log.filter((line) => !line.startsWith('fetching'))).toEqual([
    expect.stringMatching(/80 everyday classes.*1,000.*no captioner/),
  ]);
});
