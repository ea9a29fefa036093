import type { S3EventRecord } from 'aws-lambda';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { uploadsIn } from './s3-uploads.ts';

/** Keys are compared byte by byte in UTF-8, as S3 orders them. */
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS bucket (name TEXT PRIMARY KEY, createdMs INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS versioned (bucket TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS version (
    bucket TEXT NOT NULL, key TEXT NOT NULL, number INTEGER NOT NULL, versionId TEXT NOT NULL, isMarker INTEGER NOT NULL,
    file TEXT NOT NULL, size INTEGER NOT NULL, eTag TEXT NOT NULL, modifiedMs INTEGER NOT NULL, headers TEXT NOT NULL,
    PRIMARY KEY (bucket, key, number)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS event (
    sequencer TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, record TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS upload (
    id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, startedMs INTEGER NOT NULL, headers TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS part (
    upload TEXT NOT NULL, number INTEGER NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL, eTag TEXT NOT NULL,
    modifiedMs INTEGER NOT NULL, PRIMARY KEY (upload, number)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sequence (id INTEGER PRIMARY KEY CHECK (id = 0), last TEXT NOT NULL) STRICT;
`;

/** Objects of data folders from before there were versions become versions like those of an unversioned bucket. */
const MIGRATION = `
  BEGIN IMMEDIATE;
  INSERT INTO version SELECT bucket, key, 1, 'null', 0, file, size, eTag, modifiedMs, headers FROM object;
  DROP TABLE object;
  COMMIT;
`;

const COLUMNS = 'key, number, versionId, isMarker, file, size, eTag, modifiedMs, headers';
/** Whether a row is the newest of its key. */
const IS_LATEST =
  'number = (SELECT max(number) FROM version AS other WHERE other.bucket = version.bucket AND other.key = version.key)';
/** The version id of what was put while the bucket was not versioned. */
const UNVERSIONED = 'null';
const VERSION_ID = /^[\w-]{10,64}$/;

/** What S3 knows of one version of an object; its bytes are in a file that never changes. */
export interface ObjectEntry {
  readonly key: string;
  /** `null`, as S3 writes it, where the bucket is not versioned. */
  readonly versionId: string;
  /** A delete marker: the object is gone, and its older versions are not. It has no bytes. */
  readonly isMarker: boolean;
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
  /** Lists only this key and those behind it. */
  readonly from?: string | undefined;
  readonly limit: number;
}

/** What comes into an object's place. */
export type NewVersion = Omit<ObjectEntry, 'versionId' | 'isMarker'>;

/** A version in a listing, newest first within a key. */
export interface ListedVersion extends ObjectEntry {
  readonly isLatest: boolean;
}

/** Makes the record of an event, which carries the sequencer, and the version where the bucket has versions. */
export type MakeRecord = (sequencer: string, versionId: string | undefined) => object;

export type S3Database = ReturnType<typeof openS3Database>;

/**
 * The index of buckets and objects in an SQLite file. A change and its event are one transaction, and the event stays
 * until it is settled: whatever happens to the process, no change goes unheard.
 */
export function openS3Database(path: string) {
  const database = new DatabaseSync(path);
  database.exec(SCHEMA);
  if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'object'").get()) database.exec(MIGRATION);
  if (!database.prepare("SELECT 1 FROM pragma_table_info('bucket') WHERE name = 'createdMs'").get())
    database.exec('ALTER TABLE bucket ADD COLUMN createdMs INTEGER NOT NULL DEFAULT 0');
  const insertBucket = database.prepare('INSERT OR IGNORE INTO bucket VALUES (?, ?)');
  const selectBucket = database.prepare('SELECT 1 FROM bucket WHERE name = ?');
  const selectBuckets = database.prepare('SELECT name, createdMs FROM bucket ORDER BY name');
  const insertVersioned = database.prepare('INSERT OR IGNORE INTO versioned VALUES (?)');
  const selectVersioned = database.prepare('SELECT 1 FROM versioned WHERE bucket = ?');
  const selectLatest = database.prepare(
    `SELECT ${COLUMNS} FROM version WHERE bucket = ? AND key = ? ORDER BY number DESC LIMIT 1`,
  );
  const selectVersion = database.prepare(
    `SELECT ${COLUMNS} FROM version WHERE bucket = ? AND key = ? AND versionId = ?`,
  );
  const selectFiles = database.prepare('SELECT file FROM version UNION ALL SELECT file FROM part');
  const selectRange = database.prepare(
    `SELECT ${COLUMNS} FROM version WHERE bucket = ? AND key > ? AND key >= ? AND isMarker = 0 AND ${IS_LATEST}
     ORDER BY key LIMIT ?`,
  );
  const selectVersions = database.prepare(
    `SELECT ${COLUMNS}, ${IS_LATEST} AS isLatest FROM version
     WHERE bucket = ? AND key >= ? AND (key > ? OR key = ? AND number < ?) ORDER BY key, number DESC LIMIT ?`,
  );
  const insertVersion = database.prepare('INSERT INTO version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const deleteVersion = database.prepare(
    'DELETE FROM version WHERE bucket = ? AND key = ? AND versionId = ?',
  );
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

  function commit(
    bucket: string,
    key: string,
    makeRecord: MakeRecord,
    change: (sequencer: string) => string | undefined,
  ): void {
    database.exec('BEGIN IMMEDIATE');
    try {
      const sequencer = nextSequencer();
      const versionId = change(sequencer);
      insertEvent.run(sequencer, bucket, key, JSON.stringify(makeRecord(sequencer, versionId)));
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }

  const latest = (bucket: string, key: string): ObjectEntry | undefined => {
    const row = selectLatest.get(bucket, key);
    return row && entryOf(row);
  };
  const isVersioned = (bucket: string): boolean => selectVersioned.get(bucket) !== undefined;

  /** The newest version of a key from now on. Without versions it takes the place of the one before it. */
  function add(bucket: string, entry: Omit<ObjectEntry, 'versionId'>, versionId: string): void {
    const { key, isMarker, file, size, eTag, modifiedMs, headers } = entry;
    const before = selectLatest.get(bucket, key)?.['number'] as number | undefined;
    if (versionId === UNVERSIONED) deleteVersion.run(bucket, key, UNVERSIONED);
    const of = [bucket, key, (before ?? 0) + 1, versionId, Number(isMarker)] as const;
    insertVersion.run(...of, file, size, eTag, modifiedMs, JSON.stringify(headers));
  }

  return {
    /** False when it is there already. */
    createBucket: (name: string): boolean => insertBucket.run(name, Date.now()).changes === 1,
    hasBucket: (name: string): boolean => selectBucket.get(name) !== undefined,
    buckets: () =>
      selectBuckets
        .all()
        .map(({ name, createdMs }) => ({ name: name as string, createdMs: createdMs as number })),
    /** Keeps, from now on, what is replaced or removed. */
    keepVersions: (bucket: string): void => void insertVersioned.run(bucket),
    isVersioned,
    /** Names of all files that objects and parts of uploads have. */
    files: (): Set<string> => new Set(selectFiles.all().map(({ file }) => file as string)),

    /** The object of a key, unless there is none or its newest version is a delete marker. */
    find(bucket: string, key: string): ObjectEntry | undefined {
      const entry = latest(bucket, key);
      return entry?.isMarker === true ? undefined : entry;
    },

    findVersion(bucket: string, key: string, versionId: string): ObjectEntry | undefined {
      const row = selectVersion.get(bucket, key, versionId);
      return row && entryOf(row);
    },

    /** In the order of the keys. */
    list(bucket: string, { prefix, after, from = prefix, limit }: ListRange): ObjectEntry[] {
      const entries = selectRange.all(bucket, after, from, limit).map(entryOf);
      return entries.filter(({ key }) => key.startsWith(prefix));
    },

    /** In the order of the keys, the newest version of each first. @param afterVersion of the key `after`, which is shown whole without it */
    listVersions(
      bucket: string,
      { prefix, after, afterVersion, limit }: ListRange & { readonly afterVersion: string | undefined },
    ): ListedVersion[] {
      const row = afterVersion === undefined ? undefined : selectVersion.get(bucket, after, afterVersion);
      // Without a version the list goes on behind all versions of the key.
      const number = (row?.['number'] as number | undefined) ?? 0;
      const rows = selectVersions.all(bucket, prefix, after, after, number, limit);
      return rows
        .map((listed) => ({ ...entryOf(listed), isLatest: listed['isLatest'] === 1 }))
        .filter(({ key }) => key.startsWith(prefix));
    },

    /** @returns the version id that it has; undefined in a bucket without versions */
    put(bucket: string, entry: NewVersion, makeRecord: MakeRecord): string | undefined {
      let versionId: string | undefined;
      commit(bucket, entry.key, makeRecord, (sequencer) => {
        versionId = isVersioned(bucket) ? versionIdOf(sequencer) : undefined;
        add(bucket, { ...entry, isMarker: false }, versionId ?? UNVERSIONED);
        return versionId;
      });
      return versionId;
    },

    /** Removes the object; in a bucket with versions a delete marker comes on top of them. @returns the marker's version id */
    remove(bucket: string, key: string, makeRecord: MakeRecord): string | undefined {
      let versionId: string | undefined;
      commit(bucket, key, makeRecord, (sequencer) => {
        versionId = isVersioned(bucket) ? versionIdOf(sequencer) : undefined;
        if (versionId === undefined) deleteVersion.run(bucket, key, UNVERSIONED);
        else add(bucket, { ...MARKER, key, modifiedMs: Date.now() }, versionId);
        return versionId;
      });
      return versionId;
    },

    /** Removes one version, or a marker, for good. */
    removeVersion(bucket: string, key: string, versionId: string, makeRecord: MakeRecord): void {
      commit(bucket, key, makeRecord, () => {
        deleteVersion.run(bucket, key, versionId);
        return versionId;
      });
    },

    uploads: uploadsIn(database),

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

const MARKER = { isMarker: true, file: '', size: 0, eTag: '', headers: {} } as const;

/** Opaque to its readers, as S3's are. */
const versionIdOf = (sequencer: string): string => Buffer.from(sequencer, 'hex').toString('base64url');

/** Whether a text can be the id of a version, be there one or not. */
export const isVersionId = (text: string): boolean => text === UNVERSIONED || VERSION_ID.test(text);

function entryOf(row: Record<string, SQLOutputValue>): ObjectEntry {
  const { key, versionId, isMarker, file, size, eTag, modifiedMs, headers } = row;
  return {
    key: key as string,
    versionId: versionId as string,
    isMarker: isMarker === 1,
    file: file as string,
    size: size as number,
    eTag: eTag as string,
    modifiedMs: modifiedMs as number,
    headers: JSON.parse(headers as string) as ObjectEntry['headers'],
  };
}
