import { randomUUID } from 'node:crypto';
import { createReadStream, openSync, type ReadStream } from 'node:fs';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that is being written, under a name that nothing refers to yet. */
interface NewFile {
  readonly name: string;
  write(bytes: Uint8Array): Promise<void>;
  /** Done when all is on the disk. */
  finish(): Promise<void>;
  discard(): Promise<void>;
}

export type ObjectFiles = Awaited<ReturnType<typeof openObjectFiles>>;

/**
 * A folder of files that are written once under a name of their own. Putting one in an object's place is the index's
 * affair, by one transaction; files that it does not refer to are the remains of a killed process and go.
 */
export async function openObjectFiles(folder: string, isReferred: (name: string) => boolean) {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) if (!isReferred(name)) await rm(join(folder, name));

  async function remove(name: string): Promise<void> {
    await rm(join(folder, name), { force: true });
  }

  return {
    async create(): Promise<NewFile> {
      const name = randomUUID();
      const file = await open(join(folder, name), 'wx');
      return {
        name,
        async write(bytes) {
          await file.writeFile(bytes);
        },
        async finish() {
          await file.sync();
          await file.close();
          await syncFolder(folder);
        },
        async discard() {
          await file.close().catch(() => undefined);
          await remove(name);
        },
      };
    },

    /** Opens at once: from here on the bytes can be read even if the file is removed. */
    read(name: string, range?: { readonly start: number; readonly end: number }): ReadStream {
      return createReadStream('', { ...range, fd: openSync(join(folder, name), 'r') });
    },

    remove,
  };
}

/** Makes the names of new files survive a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
