import { existsSync, readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { synthesized } from './synthesized.ts';

/** The name of an asset is the hash of its content, which changes with every line of code. */
function withoutHashes(template: unknown): string {
  return JSON.stringify(template).replaceAll(/[0-9a-f]{64}\.zip/g, '<hash>.zip');
}

/** The same value with its keys in the order of another: the order in which resources are written means nothing. */
function inOrderOf(model: unknown, value: unknown): unknown {
  if (Array.isArray(value))
    return value.map((one, i) => inOrderOf((model as unknown[] | undefined)?.[i], one));
  if (typeof value !== 'object' || value === null) return value;
  const known = typeof model === 'object' && model !== null ? (model as Record<string, unknown>) : {};
  const fields = value as Record<string, unknown>;
  const keys = [...Object.keys(known).filter((key) => Object.hasOwn(fields, key)), ...Object.keys(fields)];
  return Object.fromEntries([...new Set(keys)].map((key) => [key, inOrderOf(known[key], fields[key])]));
}

test('the template is the one that was reviewed; after an intended change run vitest with -u and read the diff', async () => {
  const golden = `${import.meta.dirname}/golden-template.json`;
  const reviewed: unknown = existsSync(golden) ? JSON.parse(readFileSync(golden, 'utf8')) : {};
  const template = inOrderOf(reviewed, JSON.parse(withoutHashes(synthesized())));
  const options = { ...(await resolveConfig(golden)), filepath: golden };
  await expect(await format(JSON.stringify(template), options)).toMatchFileSnapshot(golden);
});
