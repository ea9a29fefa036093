import { writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { ExportPage } from '../../api/export/schema.ts';
import { makeFolder } from '../../files/make-folder.ts';
import { sidecarOf } from '../../files/xmp/sidecar-of.ts';

/** Between folders of a name, as this system has them. */
const SLASH = sep === '/' ? '/' : /[/\\]/;

/** Where the sidecar of a picture goes: `a/b.jpg` is `FOLDER/a/b.jpg.xmp`. Undefined for a name that is no path inside the folder. */
export function sidecarPath(folder: string, name: string): string | undefined {
  const parts = `${name}.xmp`.split(SLASH);
  return name.includes('\0') || parts.some((part) => ['', '.', '..'].includes(part))
    ? undefined
    : join(folder, ...parts);
}

/**
 * Writes the sidecar of each document, and over none that is there.
 * @returns why each of the others was not written, by name
 */
export async function writeSidecars(
  folder: string,
  documents: ExportPage['documents'],
): Promise<readonly { readonly name: string; readonly reason: string }[]> {
  const left: { name: string; reason: string }[] = [];
  for (const { id: name, gloss } of documents) {
    const path = sidecarPath(folder, name);
    const reason =
      path === undefined ? 'its name is no path in the folder' : await written(path, sidecarOf(gloss));
    if (reason !== undefined) left.push({ name, reason });
  }
  return left;
}

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'its sidecar is there already',
  ENAMETOOLONG: 'its name is too long for a file',
  ENOTDIR: 'a file has the name of its folder',
};

async function written(path: string, xml: string): Promise<string | undefined> {
  try {
    await makeFolder(dirname(path));
    await writeFile(path, xml, { flag: 'wx' });
    return undefined;
  } catch (error) {
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw error; // a disk that is full, a folder that may not be written
    return reason;
  }
}
