import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { synthesized } from './synthesized.ts';

/** The name of an asset is the hash of its content, which changes with every line of code. */
function withoutHashes(template: unknown): string {
  return JSON.stringify(template).replaceAll(/[0-9a-f]{64}\.zip/g, '<hash>.zip');
}

test('the template is the one that was reviewed; after an intended change run vitest with -u and read the diff', async () => {
  const golden = `${import.meta.dirname}/golden-template.json`;
  const options = { ...(await resolveConfig(golden)), filepath: golden };
  await expect(await format(withoutHashes(synthesized()), options)).toMatchFileSnapshot(golden);
});
