import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { decodeXml } from './xmp/decode-xml.ts';
import { endingIn, readSidecar } from './xmp/read-sidecar.ts';
import type { DocumentJson } from './read-documents.ts';

const ENDING = /\.xmp$/i;
/** Of one with embedded previews; words alone take some kilobytes. */
const MAX_BYTES = 10_000_000;

interface ReadSidecars {
  readonly documents: readonly DocumentJson[];
  /** Sidecars that are left out, and why. */
  readonly bad: readonly { readonly path: string; readonly reason: string }[];
}

/** Whether a path is a sidecar, or a folder that may hold some. */
export const mayHoldSidecars = async (path: string): Promise<boolean> =>
  ENDING.test(path) ||
  (await stat(path)
    .then((found) => found.isDirectory())
    .catch(() => false));

/**
 * The documents of all sidecars in a folder and in those below it. The id of each is its path in the folder, without `.xmp`: `a/b.jpg.xmp` is
 * of `a/b.jpg`. One called `b.xmp` is of `b` with the ending that is named in it.
 */
export async function readSidecars(path: string): Promise<ReadSidecars> {
  const isFile = ENDING.test(path);
  const paths = isFile
    ? [path]
    : (await readdir(path, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile() && ENDING.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort();
  const documents: DocumentJson[] = [];
  const bad: { path: string; reason: string }[] = [];
  for (const one of paths) {
    const name = (isFile ? basename(one) : relative(path, one)).split(sep).join('/').replace(ENDING, '');
    const read = await documentOf(one, name);
    if (typeof read === 'string') bad.push({ path: one, reason: read });
    else documents.push(read);
  }
  return { documents, bad };
}

/** The document of a sidecar, or why there is none. */
async function documentOf(path: string, name: string): Promise<DocumentJson | string> {
  if ((await stat(path)).size > MAX_BYTES) return 'is too large for a sidecar';
  let xml: string;
  try {
    xml = decodeXml(await readFile(path));
  } catch {
    return 'is in an encoding that is not known, or not in the one that it names';
  }
  const ending = /\.\w{1,5}$/.test(name) ? undefined : endingIn(xml);
  try {
    return readSidecar(ending === undefined ? name : `${name}.${ending}`, xml) ?? 'holds no words';
  } catch {
    return 'is no XMP';
  }
}
