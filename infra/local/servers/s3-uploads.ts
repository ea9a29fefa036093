import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

/** A multipart upload that is under way. */
export interface Upload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly startedMs: number;
  /** Headers that came with its beginning and go with the object. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Part {
  /** 1 to 10,000. */
  readonly number: number;
  readonly file: string;
  readonly size: number;
  /** MD5 in hex. */
  readonly eTag: string;
  readonly modifiedMs: number;
}

/** Uploads in parts, in the tables `upload` and `part` of the index. */
export function uploadsIn(database: DatabaseSync) {
  const insertUpload = database.prepare('INSERT INTO upload VALUES (?, ?, ?, ?, ?)');
  const selectUpload = database.prepare('SELECT * FROM upload WHERE id = ?');
  const selectUploads = database.prepare('SELECT * FROM upload WHERE bucket = ? ORDER BY key, startedMs, id');
  const deleteUpload = database.prepare('DELETE FROM upload WHERE id = ?');
  const selectPart = database.prepare('SELECT file FROM part WHERE upload = ? AND number = ?');
  const selectParts = database.prepare('SELECT * FROM part WHERE upload = ? ORDER BY number');
  const replacePart = database.prepare('INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?, ?)');
  const deleteParts = database.prepare('DELETE FROM part WHERE upload = ?');

  const parts = (id: string): Part[] => selectParts.all(id).map(partOf);
  return {
    begin({ id, bucket, key, startedMs, headers }: Upload): void {
      insertUpload.run(id, bucket, key, startedMs, JSON.stringify(headers));
    },
    find(id: string): Upload | undefined {
      const row = selectUpload.get(id);
      return row && uploadOf(row);
    },
    /** In the order of their keys. */
    list: (bucket: string): Upload[] => selectUploads.all(bucket).map(uploadOf),
    /** In the order of their numbers. */
    parts,
    /** @returns the file of the part that had this number */
    putPart(id: string, { number, file, size, eTag, modifiedMs }: Part): string | undefined {
      const before = selectPart.get(id, number)?.['file'] as string | undefined;
      replacePart.run(id, number, file, size, eTag, modifiedMs);
      return before;
    },
    /** Forgets an upload. @returns the files of its parts */
    end(id: string): string[] {
      const files = parts(id).map(({ file }) => file);
      deleteUpload.run(id);
      deleteParts.run(id);
      return files;
    },
  };
}

const uploadOf = ({ id, bucket, key, startedMs, headers }: Record<string, SQLOutputValue>): Upload => ({
  id: id as string,
  bucket: bucket as string,
  key: key as string,
  startedMs: startedMs as number,
  headers: JSON.parse(headers as string) as Upload['headers'],
});

const partOf = ({ number, file, size, eTag, modifiedMs }: Record<string, SQLOutputValue>): Part => ({
  number: number as number,
  file: file as string,
  size: size as number,
  eTag: eTag as string,
  modifiedMs: modifiedMs as number,
});
