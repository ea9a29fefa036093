import type { TemporaryIndex } from '../../../infra/local/temporary-index.ts';
import type { ImageId, TenantId } from '../../domain/ids.ts';
import { readDocuments, type DocumentJson } from '../../files/read-documents.ts';
import { importDocuments } from '../../steps/images/import-documents.ts';
import type { Progress } from '../progress.ts';

/** What hears of an evaluation while it runs. */
export interface EvalListeners {
  readonly progress: Progress;
  readonly onBadLine: (message: string) => void;
}

const IMPORT_BATCH = 100;

/** The documents of a file. Lines that no import would take are told and left out. */
export async function readSet(
  file: string,
  { onBadLine }: Pick<EvalListeners, 'onBadLine'>,
): Promise<readonly DocumentJson[]> {
  const { documents, bad } = await readDocuments(file);
  for (const { line, reason } of bad) onBadLine(`${file}, line ${line} is left out: ${reason}`);
  return documents.map(({ document }) => document);
}

/** Imports and indexes documents; answers the names by image. */
export async function importSet(
  store: TemporaryIndex,
  tenant: TenantId,
  documents: readonly DocumentJson[],
  progress: Progress,
): Promise<Map<ImageId, string>> {
  const names = new Map<ImageId, string>();
  progress.phase('importing', documents.length);
  for (let start = 0; start < documents.length; start += IMPORT_BATCH) {
    const batch = documents.slice(start, start + IMPORT_BATCH);
    for (const { id, name } of await importDocuments(store.deps, { id: tenant, createdAtMs: 0 }, batch))
      names.set(id, name);
    await store.settle(tenant);
    progress.update(names.size);
  }
  progress.stop();
  return names;
}
