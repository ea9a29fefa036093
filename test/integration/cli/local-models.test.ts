import { afterEach, expect, it } from 'vitest';
import { findLocalModels } from '../../../lib/cli/service/local-models.ts';
import { startJsonPeer, type JsonPeer, type PeerAnswer } from '../../support/json-peer.ts';

/** Answers as the documentation of each program has them. */

const NOBODY = 'http://127.0.0.1:9';
const nowhere = { ollama: NOBODY, lmStudio: NOBODY, vllm: NOBODY };

let peer: JsonPeer | undefined;
afterEach(async () => {
  await peer?.close();
  peer = undefined;
});
async function at(answer: (path: string, body: unknown) => PeerAnswer | undefined): Promise<string> {
  peer = await startJsonPeer(answer);
  return peer.address;
}

it('finds the models of Ollama that have vision', async () => {
  const ollama = await at((path, body) => {
    if (path === '/api/tags')
      return {
        body: {
          models: [
            { name: 'llama3.2:latest', size: 1 },
            { name: 'qwen3-vl:8b', size: 2 },
          ],
        },
      };
    if (path !== '/api/show') return undefined;
    const { model } = body as { model: string };
    return { body: { capabilities: ['completion', ...(model.includes('vl') ? ['vision'] : ['tools'])] } };
  });
  expect(await findLocalModels({ ...nowhere, ollama })).toEqual([
    { program: 'Ollama', model: 'qwen3-vl:8b', baseUrl: `${ollama}/v1` },
  ]);
});

it('finds the models of LM Studio that have vision', async () => {
  const lmStudio = await at((path) =>
    path === '/api/v0/models'
      ? {
          body: {
            data: [
              { id: 'meta-llama-3.1-8b-instruct', type: 'llm', state: 'loaded' },
              { id: 'qwen2-vl-7b-instruct', type: 'vlm', state: 'not-loaded' },
            ],
          },
        }
      : undefined,
  );
  expect(await findLocalModels({ ...nowhere, lmStudio })).toEqual([
    { program: 'LM Studio', model: 'qwen2-vl-7b-instruct', baseUrl: `${lmStudio}/v1` },
  ]);
});

it('finds what vLLM serves, and nothing of another server at its port', async () => {
  let owner = 'vllm';
  const vllm = await at((path) =>
    path === '/v1/models' ? { body: { data: [{ id: 'Qwen/Qwen2-VL', owned_by: owner }] } } : undefined,
  );
  expect(await findLocalModels({ ...nowhere, vllm })).toEqual([
    { program: 'vLLM', model: 'Qwen/Qwen2-VL', baseUrl: `${vllm}/v1` },
  ]);
  owner = 'somebody';
  expect(await findLocalModels({ ...nowhere, vllm })).toEqual([]);
});

it.each([
  ['nobody is there', undefined],
  ['something else is there', { body: ['hello'] }],
  ['it fails', { status: 500, body: {} }],
])('finds nothing where %s', async (_, answer) => {
  const address = answer ? await at(() => answer) : NOBODY;
  expect(await findLocalModels({ ollama: address, lmStudio: address, vllm: address })).toEqual([]);
});
