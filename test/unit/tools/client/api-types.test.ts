import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { apiTypes } from '../../../../lib/tools/client/api-types.ts';

it('are those of the API as it is: otherwise run "npm run client-types"', async () => {
  const path = join(import.meta.dirname, '../../../../lib/client/api-types.ts');
  expect(readFileSync(path, 'utf8')).toBe(await apiTypes(path));
});
