import type { S3EventRecord } from 'aws-lambda';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

/** Keys are compared byte by byte in UTF-8, as S3 orders them. */
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS bucket (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS object (
    bucket TEXT NOT NULL, key TEXT NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL, eTag TEXT NOT NULL,
    modifiedMs INTEGER NOT NULL, headers TEXT NOT NULL, PRIMARY KEY (bucket, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS event (
    sequencer TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, record TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sequence (id INTEGER PRIMARY KEY CHECK (id = 0), last TEXT NOT NULL) STRICT;
`;

const COLUMNS = 'key, file, size, eTag, modifiedMs, headers';

/** What S3 knows of an object; its bytes are in a file that never changes. */
export interface ObjectEntry {
  readonly key: string;
  /** Name of the file with its bytes. */
  readonly file: string;
  readonly size: number;
  readonly eTag: string;
  readonly modifiedMs: number;
  /** Headers that came with the object and go with it: content-type, x-amz-meta-... */
  readonly headers: Readonly<Record<string, string>>;
}

/** Something that happened to an object, and that somebody may not have heard of yet. */
export interface PendingEvent {
  readonly bucket: string;
  readonly key: string;
  readonly record: S3EventRecord;
}

interface ListRange {
  readonly prefix: string;
  /** Lists only keys behind this one. */
  readonly after: string;
  readonly limit: number;
}

/** Makes the record of an event, which carries the sequencer. */
export type MakeRecord = (sequencer: string) => object;

export type S3Database = ReturnType<typeof openS3Database>;

/**
 * The index of buckets and objects in an SQLite file. A change and its event are one transaction, and the event stays
 * until it is settled: whatever happens to the process, no change goes unheard.
 */
export function openS3Database(path: string) {
  const database = new DatabaseSync(path);
  database.exec(SCHEMA);
  const insertBucket = database.prepare('INSERT OR IGNORE INTO bucket VALUES (?)');
  const selectBucket = database.prepare('SELECT 1 FROM bucket WHERE name = ?');
  const selectObject = database.prepare(`SELECT ${COLUMNS} FROM object WHERE bucket = ? AND key = ?`);
  const selectFiles = database.prepare('SELECT file FROM object');
  const selectRange = database.prepare(
    `SELECT ${COLUMNS} FROM object WHERE bucket = ? AND key > ? AND key >= ? ORDER BY key LIMIT ?`,
  );
  const replaceObject = database.prepare('INSERT OR REPLACE INTO object VALUES (?, ?, ?, ?, ?, ?, ?)');
  const deleteObject = database.prepare('DELETE FROM object WHERE bucket = ? AND key = ?');
  const insertEvent = database.prepare('INSERT INTO event VALUES (?, ?, ?, ?)');
  const selectEvents = database.prepare(
    'SELECT * FROM event WHERE bucket = ? AND key = ? ORDER BY sequencer',
  );
  const selectEventKeys = database.prepare('SELECT DISTINCT bucket, key FROM event');
  const deleteEvent = database.prepare('DELETE FROM event WHERE sequencer = ?');
  const selectSequence = database.prepare('SELECT last FROM sequence');
  const replaceSequence = database.prepare('INSERT OR REPLACE INTO sequence VALUES (0, ?)');

  /** Later than all before, also those of earlier runs and of a clock that was set back: 18 hexadecimal digits. */
  function nextSequencer(): string {
    const last = BigInt(`0x${(selectSequence.get()?.last as string | undefined) ?? '0'}`);
    const now = BigInt(Date.now()) << 24n;
    const next = (now > last ? now : last + 1n).toString(16).toUpperCase().padStart(18, '0');
    replaceSequence.run(next);
    return next;
  }

  function commit(bucket: string, key: string, change: () => void, makeRecord: MakeRecord): void {
    database.exec('BEGIN IMMEDIATE');
    try {
      change();
      const sequencer = nextSequencer();
      insertEvent.run(sequencer, bucket, key, JSON.stringify(makeRecord(sequencer)));
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }

  return {
    /** False when it is there already. */
    createBucket: (name: string): boolean => insertBucket.run(name).changes === 1,
    hasBucket: (name: string): boolean => selectBucket.get(name) !== undefined,
    /** Names of all files that objects have. */
    files: (): Set<string> => new Set(selectFiles.all().map(({ file }) => file as string)),

    find(bucket: string, key: string): ObjectEntry | undefined {
      const row = selectObject.get(bucket, key);
      return row && entryOf(row);
    },

    /** In the order of the keys. */
    list(bucket: string, { prefix, after, limit }: ListRange): ObjectEntry[] {
      const entries = selectRange.all(bucket, after, prefix, limit).map(entryOf);
      return entries.filter(({ key }) => key.startsWith(prefix));
    },

    put(bucket: string, entry: ObjectEntry, makeRecord: MakeRecord): void {
      const { key, file, size, eTag, modifiedMs, headers } = entry;
      const put = () => replaceObject.run(bucket, key, file, size, eTag, modifiedMs, JSON.stringify(headers));
      commit(bucket, key, put, makeRecord);
    },

    remove(bucket: string, key: string, makeRecord: MakeRecord): void {
      commit(bucket, key, () => deleteObject.run(bucket, key), makeRecord);
    },

    /** Events of a key that are not settled, in their order. */
    unsettledEvents: (bucket: string, key: string): PendingEvent[] =>
      selectEvents
        .all(bucket, key)
        .map(({ record }) => ({ bucket, key, record: JSON.parse(record as string) as S3EventRecord })),
    keysWithEvents: (): { bucket: string; key: string }[] =>
      selectEventKeys.all().map(({ bucket, key }) => ({ bucket: bucket as string, key: key as string })),
    settle({ record }: PendingEvent): void {
      deleteEvent.run(record.s3.object.sequencer);
    },

    close: (): void => database.close(),
  };
}

type ObjectRow = Omit<ObjectEntry, 'headers'> & { readonly headers: string };

function entryOf(row: Record<string, SQLOutputValue>): ObjectEntry {
  const { headers, ...entry } = row as ObjectRow;
  return { ...entry, headers: JSON.parse(headers) as ObjectEntry['headers'] };
}
