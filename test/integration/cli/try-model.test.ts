import { afterEach, expect, it } from 'vitest';
import { tryModel } from '../../../lib/cli/service/try-model.ts';
import { startJsonPeer, type JsonPeer, type PeerAnswer } from '../../support/json-peer.ts';

/** Endpoints as people have them. The model is asked in the way of the service: local Bedrock, adapter, reading of replies. */

let peer: JsonPeer | undefined;
let asked: { tools?: unknown; temperature?: unknown }[] = [];
afterEach(async () => {
  await peer?.close();
  peer = undefined;
  asked = [];
});

const WORDS = { tags: ['red', 'square'], caption: 'A red square.', visibleText: '' };
const saying = (content: string): PeerAnswer => ({ body: { choices: [{ message: { content } }] } });
async function trial(answer: (body: { tools?: unknown }) => PeerAnswer, model = 'llava') {
  peer = await startJsonPeer((path, body) => {
    asked.push(body as { tools?: unknown });
    return path === '/v1/chat/completions' ? answer(body as { tools?: unknown }) : undefined;
  });
  return tryModel({ baseUrl: `${peer.address}/v1`, model });
}

it('shows a red picture, and gives the words', async () => {
  expect(await trial(() => saying(JSON.stringify(WORDS)))).toEqual({ words: WORDS, sees: true });
  expect(JSON.stringify(asked[0])).toContain('data:image/jpeg;base64,');
});

it('asks a model without tools for JSON', async () => {
  const refusing = (body: { tools?: unknown }) =>
    body.tools
      ? {
          status: 400,
          body: { error: { message: 'registry.ollama.ai/library/llava:7b does not support tools' } },
        }
      : saying(`Sure!\n\`\`\`json\n${JSON.stringify(WORDS)}\n\`\`\``);
  // Of a family that is asked with a tool first.
  expect((await trial(refusing, 'meta.llama-vision')).words).toEqual(WORDS);
  expect(asked.map(({ tools }) => tools !== undefined)).toEqual([true, false]);
});

it('reads a call of a tool that was not given', async () => {
  const called = { function: { name: 'gloss_view', arguments: JSON.stringify(WORDS) } };
  const answer = { body: { choices: [{ message: { content: null, tool_calls: [called] } }] } };
  expect((await trial(() => answer)).words).toEqual(WORDS);
  expect(asked.map(({ tools }) => tools)).toEqual([undefined]);
});

it('notices a model that does not see', async () => {
  const words = { ...WORDS, tags: ['cat'], caption: 'A cat.' };
  expect((await trial(() => saying(JSON.stringify(words)))).sees).toBe(false);
});

it.each([
  [
    'has no such model',
    404,
    { error: { message: 'model "llava" not found, try pulling it' } },
    /try pulling it/,
  ],
  [
    'takes no pictures',
    400,
    { error: { message: 'this model does not support images' } },
    /not support images/,
  ],
  ['fails', 500, { error: { message: 'out of memory' } }, /out of memory/],
  ['is something else', 200, { hello: 'world' }, /chat completions/],
  ['writes prose', 200, { choices: [{ message: { content: 'A red square.' } }] }, /outside the schema/],
])('says what is wrong with an endpoint that %s', async (_, status, body, message) => {
  await expect(trial(() => ({ status, body }))).rejects.toMatchObject({
    name: 'CommandError',
    code: 'forward',
    message: expect.stringMatching(message) as string,
  });
});

it('says that nobody is there', async () => {
  await expect(tryModel({ baseUrl: 'http://127.0.0.1:9/v1', model: 'llava' })).rejects.toThrow(
    /is it running/,
  );
});
