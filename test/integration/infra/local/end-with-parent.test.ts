import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../../support/eventually.ts';
import { descendantsOf, stillRunning } from '../../../support/processes.ts';
import { kill, startScript } from '../../../support/start-node.ts';

/** A process is started that starts others; it is killed, and they must be gone. */

const ROOT = join(import.meta.dirname, '../../../..');
const url = (path: string) => JSON.stringify(pathToFileURL(join(ROOT, path)).href);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gloss-orphans-'));
  const documents = Array.from({ length: 2_000 }, (_, i) =>
    JSON.stringify({ id: `d${i}`, texts: [`word${i}`] }),
  );
  await writeFile(join(folder, 'docs.jsonl'), documents.join('\n'));
  await writeFile(join(folder, 'terms.txt'), documents.map((_, i) => `word${i}`).join('\n'));
});
afterAll(() => rm(folder, { recursive: true }));

const host = (order: string) => `
  import { hostFunction } from ${url('infra/local/function-host.ts')};
  const { invoke } = hostFunction({
    name: 'Obedient',
    entryPath: ${JSON.stringify(join(ROOT, 'test/fixtures/functions/obedient.ts'))},
    exportName: 'handler',
    environment: {},
    timeoutMs: 3_600_000,
    memoryMb: 128,
    maxConcurrency: 1,
    maxWaiting: 1,
    log: () => console.log('it runs'),
  });
  console.log((await invoke({ do: 'process' })) > 0 ? 'it runs' : '');
  void invoke(${order});`;

test.each([
  ['a function that waits for an event', host(`{ do: 'process' }`)],
  ['a function that is busy without end', host(`{ do: 'hang' }`)],
  ['a function that waits for something', host(`{ do: 'wait', value: 3_600_000 }`)],
  [
    'the local Bedrock',
    `import { startBedrockProcess } from ${url('infra/local/bedrock-process.ts')};
     await startBedrockProcess({}).endpoint;
     console.log('it runs');`,
  ],
  [
    'an engine of the bench',
    `import { runApart } from ${url('lib/lab/engines/run-apart.ts')};
     const corpus = {
       docs: DOCS,
       terms: TERMS,
       size: 2_000,
     };
     void runApart({ engine: 'minisearch', corpus, sets: [], k: 10 });
     console.log('it runs');
     setInterval(() => undefined, 1_000);`,
  ],
  [
    'an S3 that a test has started',
    `import { startNode, firstLine } from ${url('test/support/start-node.ts')};
     await firstLine(startNode([${JSON.stringify(join(ROOT, 'test/support/s3-child.ts'))}, FOLDER + '/s3', FOLDER + '/events', 'secret']));
     console.log('it runs');`,
  ],
  [
    'an embedded stack that a test has started, with all of its processes',
    `import { startNode, firstLine } from ${url('test/support/start-node.ts')};
     await firstLine(startNode([${JSON.stringify(join(ROOT, 'test/e2e/run-local-stack.ts'))}, FOLDER + '/stack']));
     console.log('it runs');`,
  ],
])('%s is gone with the process that started it', async (_, code) => {
  const { child } = await startScript(
    code
      .replaceAll('DOCS', JSON.stringify(join(folder, 'docs.jsonl')))
      .replaceAll('TERMS', JSON.stringify(join(folder, 'terms.txt')))
      .replaceAll('FOLDER', JSON.stringify(folder)),
  );
  const children = await eventually(() => {
    const found = descendantsOf(child.pid!);
    expect(found.length).toBeGreaterThan(0);
    return found;
  });
  await kill(child);
  await eventually(() => expect(stillRunning(children)).toEqual([]));
});
