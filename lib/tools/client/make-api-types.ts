/** Writes lib/client/api-types.ts anew: `npm run client-types`, after a schema of lib/api changed. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apiTypes } from './api-types.ts';

const path = join(import.meta.dirname, '../../client/api-types.ts');
await writeFile(path, await apiTypes(path));
