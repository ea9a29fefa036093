import * as z from 'zod';

/** A model with vision that runs on this machine, and where it speaks chat completions. */
export interface LocalModel {
  readonly program: string;
  readonly model: string;
  readonly baseUrl: string;
}

/** Where a program listens by default. */
export interface LocalAddresses {
  readonly ollama: string;
  readonly lmStudio: string;
  readonly vllm: string;
}

const ADDRESSES: LocalAddresses = {
  ollama: 'http://127.0.0.1:11434',
  lmStudio: 'http://127.0.0.1:1234',
  vllm: 'http://127.0.0.1:8000',
};
/** Whoever is there answers at once. */
const PATIENCE_MS = 500;
/** Of a long list the first are asked what they can. */
const MOST_ASKED = 30;

const Tags = z.object({ models: z.array(z.object({ name: z.string() })) });
const Shown = z.object({ capabilities: z.array(z.string()).default([]) });
const Studio = z.object({ data: z.array(z.object({ id: z.string(), type: z.string().optional() })) });
const Served = z.object({ data: z.array(z.object({ id: z.string(), owned_by: z.string().optional() })) });

/**
 * Models that see pictures, of Ollama, LM Studio and vLLM on this machine. vLLM does not say whether a model has vision: each counts. What does not
 * answer, or answers something else, is not there.
 */
export async function findLocalModels(addresses: LocalAddresses = ADDRESSES): Promise<LocalModel[]> {
  const found = await Promise.all([
    inOllama(addresses.ollama),
    inLmStudio(addresses.lmStudio),
    inVllm(addresses.vllm),
  ]);
  return found.flat();
}

/** https://docs.ollama.com/api: tags, show. */
async function inOllama(address: string): Promise<LocalModel[]> {
  const tags = await ask(`${address}/api/tags`, Tags);
  const models = (tags?.models ?? []).slice(0, MOST_ASKED);
  const shown = await Promise.all(
    models.map(({ name }) => ask(`${address}/api/show`, Shown, { model: name })),
  );
  return models
    .filter((_, i) => shown[i]?.capabilities.includes('vision'))
    .map(({ name }) => ({ program: 'Ollama', model: name, baseUrl: `${address}/v1` }));
}

/** https://lmstudio.ai/docs/api/rest-api: models. */
async function inLmStudio(address: string): Promise<LocalModel[]> {
  const models = await ask(`${address}/api/v0/models`, Studio);
  return (models?.data ?? [])
    .filter(({ type }) => type === 'vlm')
    .map(({ id }) => ({ program: 'LM Studio', model: id, baseUrl: `${address}/v1` }));
}

async function inVllm(address: string): Promise<LocalModel[]> {
  const models = await ask(`${address}/v1/models`, Served);
  return (models?.data ?? [])
    .filter((model) => model.owned_by === 'vllm')
    .map(({ id }) => ({ program: 'vLLM', model: id, baseUrl: `${address}/v1` }));
}

async function ask<T>(url: string, schema: z.ZodType<T>, body?: object): Promise<T | undefined> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: 'error',
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    return response.ok ? schema.safeParse(await response.json()).data : undefined;
  } catch {
    return undefined;
  }
}
