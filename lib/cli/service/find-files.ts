import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';
import { CommandError } from '../terminal/command-error.ts';

/** A file on its way: where it is, and the name that it gets, which makes it the same image for ever. */
export interface LocalFile {
  readonly path: string;
  readonly name: string;
  readonly contentType: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.avif': 'image/avif',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.heic': 'image/heic',
  '.heif': 'image/heif',
};
const typeOf = (path: string): string | undefined => TYPES[extname(path).toLowerCase()];

/**
 * The pictures in folders, at any depth, and every file that is named itself. Names are relative to the named
 * folder, or the file's own name. Hidden files and folders are left out.
 * @throws CommandError when a path does not exist, holds no pictures, or two files would get one name.
 */
export async function findFiles(paths: readonly string[]): Promise<LocalFile[]> {
  const files: LocalFile[] = [];
  for (const path of paths) files.push(...(await filesAt(path)));
  return withoutRepeats(files);
}

async function filesAt(path: string): Promise<LocalFile[]> {
  const stats = await stat(path).catch((cause: unknown) => {
    throw new CommandError('no_such_path', `there is no file or folder ${path}`, { cause });
  });
  if (!stats.isDirectory()) {
    return [{ path, name: basename(path), contentType: typeOf(path) ?? 'application/octet-stream' }];
  }
  const files: LocalFile[] = [];
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    const found = join(entry.parentPath, entry.name);
    const name = relative(path, found).split(sep).join('/');
    const contentType = typeOf(name);
    if (contentType === undefined || name.split('/').some((part) => part.startsWith('.'))) continue;
    const isFile = entry.isSymbolicLink() ? await linksToFile(found) : entry.isFile();
    if (isFile) files.push({ path: found, name, contentType });
  }
  if (files.length === 0) {
    throw new CommandError(
      'no_pictures',
      `no pictures in ${path}: looked for ${Object.keys(TYPES).join(' ')}`,
    );
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function linksToFile(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isFile() ?? false;
}

async function withoutRepeats(files: readonly LocalFile[]): Promise<LocalFile[]> {
  const byName = new Map<string, LocalFile>();
  for (const file of files) {
    const other = byName.get(file.name);
    if (other && (await realpath(other.path)) !== (await realpath(file.path))) {
      throw new CommandError(
        'same_name',
        `${other.path} and ${file.path} would both be called "${file.name}": add the folder above them instead`,
      );
    }
    byName.set(file.name, file);
  }
  return [...byName.values()];
}
