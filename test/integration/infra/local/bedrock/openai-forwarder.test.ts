import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { RunningServer } from '../../../../../infra/local/bedrock/dual-http-server.ts';
import { startBedrock } from '../../../../../infra/local/bedrock/server.ts';

/** A peer that speaks chat completions: keeps what it was asked, answers what it is told to. */
let peer: Server;
let asked: { url: string; authorization: string | undefined; body: unknown };
let reply: { status: number; body: string };
/** Answers wait for it; `asked` is set before. */
let released: Promise<unknown> = Promise.resolve();
let askedCount = 0;
let bedrock: RunningServer;
let client: BedrockRuntimeClient;

beforeAll(async () => {
  peer = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked = { url: request.url!, authorization: request.headers.authorization, body: JSON.parse(body) };
      askedCount++;
      void released.then(() =>
        response.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.body),
      );
    });
  });
  await new Promise<void>((listening) => peer.listen(0, '127.0.0.1', listening));
  const baseUrl = `http://127.0.0.1:${(peer.address() as AddressInfo).port}/v1/`;
  bedrock = await startBedrock({ forwardTo: { baseUrl, model: 'llava', apiKey: 'secret' }, maxInFlight: 2 });
  client = new BedrockRuntimeClient({
    region: 'eu-central-1',
    endpoint: bedrock.endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});

afterAll(async () => {
  client.destroy();
  await bedrock.close();
  peer.closeAllConnections();
  await new Promise((closed) => peer.close(closed));
});

function converse(): Promise<ConverseCommandOutput> {
  return client.send(
    new ConverseCommand({
      modelId: 'any',
      system: [{ text: 'Be short.' }],
      messages: [
        {
          role: 'user',
          content: [
            { text: 'Look.' },
            { image: { format: 'png', source: { bytes: Uint8Array.of(1, 2, 3) } } },
          ],
        },
      ],
      inferenceConfig: { maxTokens: 300, temperature: 0 },
      toolConfig: {
        tools: [
          {
            toolSpec: {
              name: 'look',
              description: 'Writes it down.',
              inputSchema: { json: { type: 'object', properties: { caption: { type: 'string' } } } },
            },
          },
        ],
        toolChoice: { tool: { name: 'look' } },
      },
    }),
  );
}

function answerWith(message: object, usage?: object): void {
  reply = { status: 200, body: JSON.stringify({ choices: [{ index: 0, message }], usage }) };
}

function toolInputOf(output: ConverseCommandOutput): unknown {
  return output.output?.message?.content?.find(({ toolUse }) => toolUse)?.toolUse?.input;
}

it('translates the request and the tool call', async () => {
  answerWith(
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: '1', type: 'function', function: { name: 'look', arguments: '{"caption":"A cat."}' } },
      ],
    },
    { prompt_tokens: 700, completion_tokens: 9, total_tokens: 709 },
  );
  const output = await converse();
  expect(asked).toEqual({
    url: '/v1/chat/completions',
    authorization: 'Bearer secret',
    body: {
      model: 'llava',
      messages: [
        { role: 'system', content: 'Be short.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Look.' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AQID' } },
          ],
        },
      ],
      tools: [
        {
          type: 'function',
          function: {
            name: 'look',
            description: 'Writes it down.',
            parameters: { type: 'object', properties: { caption: { type: 'string' } } },
          },
        },
      ],
      tool_choice: { type: 'function', function: { name: 'look' } },
      max_tokens: 300,
      temperature: 0,
    },
  });
  expect(toolInputOf(output)).toEqual({ caption: 'A cat.' });
  expect(output.stopReason).toBe('tool_use');
  expect(output.usage).toEqual({ inputTokens: 700, outputTokens: 9, totalTokens: 709 });
});

it.each(['{"caption":"A cat."}', '```json\n{"caption":"A cat."}\n```\n', 'I see a cat.'])(
  'hands on what is written instead of a call: %j',
  async (content) => {
    answerWith({ role: 'assistant', content });
    const { output, stopReason } = await converse();
    expect([output!.message!.content, stopReason]).toEqual([[{ text: content }], 'end_turn']);
  },
);

it.each([
  ['an object', { caption: 'A cat.' }, { caption: 'A cat.' }],
  ['JSON twice', '"{}"', '{}'],
  ['no JSON', '{"caption":', '{"caption":'],
])('hands on arguments that are %s', async (_, args, input) => {
  answerWith({ role: 'assistant', tool_calls: [{ function: { name: 'look', arguments: args } }] });
  expect(toolInputOf(await converse())).toEqual(input);
});

it.each([
  ['another protocol', 200, { hello: 'world' }, 'ModelErrorException', /choices/],
  ['a limit', 429, { error: 'slow down' }, 'ThrottlingException', /slow down/],
  ['no tools', 400, { error: 'llava does not support tools' }, 'ValidationException', /not support tools/],
  ['a refusal', 404, { error: 'no model llava' }, 'ModelErrorException', /no model llava/],
  ['a fault', 500, { error: 'out of memory' }, 'ServiceUnavailableException', /out of memory/],
])('reports %s as Bedrock would', async (_, status, body, name, message) => {
  reply = { status, body: JSON.stringify(body) };
  await expect(converse()).rejects.toMatchObject({ name, message: expect.stringMatching(message) as string });
});

it('throttles requests above its bound, and serves again afterwards', async () => {
  answerWith({
    role: 'assistant',
    tool_calls: [{ function: { name: 'look', arguments: '{"caption":"A cat."}' } }],
  });
  const { promise, resolve: release } = Promise.withResolvers<undefined>();
  released = promise;
  askedCount = 0;
  const underWay = [converse(), converse()];
  await vi.waitUntil(() => askedCount === 2);
  await expect(converse()).rejects.toMatchObject({
    name: 'ThrottlingException',
    $metadata: { httpStatusCode: 429 },
  });
  release(undefined);
  expect((await Promise.all(underWay)).map(toolInputOf)).toEqual([
    { caption: 'A cat.' },
    { caption: 'A cat.' },
  ]);
  expect(toolInputOf(await converse())).toEqual({ caption: 'A cat.' });
});

it('says so when nobody is there', async () => {
  const lonely = await startBedrock({ forwardTo: { baseUrl: 'http://127.0.0.1:1/v1', model: 'llava' } });
  const response = await fetch(`${lonely.endpoint}/model/any/converse`, {
    method: 'POST',
    body: JSON.stringify({
      messages: [{ role: 'user', content: [{ image: { format: 'png', source: { bytes: 'AQID' } } }] }],
      toolConfig: {
        tools: [{ toolSpec: { name: 'look', inputSchema: { json: {} } } }],
        toolChoice: { tool: { name: 'look' } },
      },
    }),
  });
  expect(response.status).toBe(503);
  expect(response.headers.get('x-amzn-errortype')).toBe('ServiceUnavailableException');
  await lonely.close();
});
