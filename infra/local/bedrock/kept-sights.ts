import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Networks } from './networks.ts';
import type { Sight } from './networks-worker.ts';

/** What decides what the networks see: their weights, and the code around them. */
const SOURCES = /^(?:nanodet|efficientnet|classifier-input|coco-classes|networks-worker)/;

/**
 * Networks that keep what they saw in files, by the pixels that they looked at: they see the same in the same pixels. They start when they look
 * at something for the first time.
 *
 * @param dir shared by processes; files of other weights or other code are never read
 */
export function keptSights(dir: string, start: () => Promise<Networks>): Networks {
  let started: Promise<Networks> | undefined;
  let version: Promise<string> | undefined;
  return {
    async look(view, minScore) {
      const { widthPx, heightPx, rgb } = view.forDetector;
      const hash = createHash('sha256').update(await (version ??= hashSources()));
      hash.update(`${widthPx} ${heightPx} ${minScore} `).update(rgb).update(view.forClassifier);
      const file = join(dir, hash.digest('hex'));
      const kept = await readFile(file).catch(() => undefined);
      if (kept) return deserialize(kept) as Sight;
      const sight = await (await (started ??= start())).look(view, minScore);
      await mkdir(dir, { recursive: true });
      const incoming = `${file}.${randomUUID()}`;
      await writeFile(incoming, serialize(sight));
      await rename(incoming, file);
      return sight;
    },
    close: async () => (await started)?.close(),
  };
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(import.meta.dirname, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => SOURCES.test(path.slice(import.meta.dirname.length + 1)));
  for (const path of paths.sort()) hash.update(await readFile(path));
  return hash.digest('hex');
}
