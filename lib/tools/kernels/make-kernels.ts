import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import openWabt from 'wabt';

const LIB = join(import.meta.dirname, '../..');

/** WebAssembly that is committed as code, since a clone runs without a build: NAME.wat becomes NAME-code.ts. */
export const KERNELS = ['index/postings/block-kernel'];

/** The module for a kernel, from its source. */
export async function kernelModule(kernel: string): Promise<string> {
  const source = `${kernel}.wat`;
  const wabt = await openWabt();
  const { buffer } = wabt
    .parseWat(source, readFileSync(join(LIB, source), 'utf8'), { simd: true })
    .toBinary({});
  const lines = Buffer.from(buffer)
    .toString('base64')
    .match(/.{1,108}/g)!;
  return `/** lib/${source}, compiled by \`npm run kernels\`: do not edit. */
export const CODE = \`
${lines.join('\n')}
\`;
`;
}

if (import.meta.main) {
  for (const kernel of KERNELS) await writeFile(join(LIB, `${kernel}-code.ts`), await kernelModule(kernel));
}
