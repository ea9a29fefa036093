import { createHash, randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

/** Attributes of a queue that the service uses, in SQS's names and units. */
interface QueueAttributes {
  readonly VisibilityTimeout: number;
  readonly DelaySeconds: number;
  readonly MessageRetentionPeriod: number;
  /** Where messages go that were received too often; ARN of the dead-letter queue. */
  readonly RedrivePolicy?: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };
}

/** One delivery of a message. */
export interface Delivery {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5: string;
  readonly sentMs: number;
  readonly firstReceivedMs: number;
  readonly receives: number;
  /** Undefined where the sender named none. */
  readonly group: string | undefined;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS queues (name TEXT PRIMARY KEY, attributes TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL,
    messageId TEXT NOT NULL,
    body TEXT NOT NULL,
    sentMs INTEGER NOT NULL,
    visibleMs INTEGER NOT NULL,
    receives INTEGER NOT NULL DEFAULT 0,
    firstReceivedMs INTEGER,
    receiptHandle TEXT UNIQUE,
    messageGroup TEXT,
    source TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS messages_by_visibility ON messages (queue, visibleMs, id);
`;

interface MessageRow {
  id: number;
  messageId: string;
  body: string;
  sentMs: number;
  receives: number;
  firstReceivedMs: number | null;
  messageGroup: string | null;
}

/** Queues and messages in SQLite. What is written survives a killed process: WAL, one transaction a call. */
export class SqsStore {
  readonly #db: DatabaseSync;

  /** @param file path of the database, or `:memory:` */
  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    this.#db.exec(SCHEMA);
    // Files of earlier versions lack columns.
    const columns = this.#db.prepare('PRAGMA table_info(messages)').all();
    for (const column of ['messageGroup', 'source'])
      if (!columns.some(({ name }) => name === column))
        this.#db.exec(`ALTER TABLE messages ADD COLUMN ${column} TEXT`);
  }

  close(): void {
    this.#db.close();
  }

  putQueue(name: string, attributes: QueueAttributes): void {
    this.#db
      .prepare(
        'INSERT INTO queues VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET attributes = excluded.attributes',
      )
      .run(name, JSON.stringify(attributes));
  }

  queue(name: string): QueueAttributes | undefined {
    const row = this.#db.prepare('SELECT attributes FROM queues WHERE name = ?').get(name);
    return row && (JSON.parse(row['attributes'] as string) as QueueAttributes);
  }

  /** Names of all queues, sorted. */
  queues(): string[] {
    const rows = this.#db.prepare('SELECT name FROM queues ORDER BY name').all();
    return rows.map(({ name }) => name as string);
  }

  send(
    queue: string,
    {
      body,
      group,
      delaySec,
    }: { readonly body: string; readonly group?: string | undefined; readonly delaySec: number },
    nowMs: number,
  ): { messageId: string; md5: string } {
    const messageId = randomUUID();
    this.#db
      .prepare(
        'INSERT INTO messages (queue, messageId, body, sentMs, visibleMs, messageGroup) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(queue, messageId, body, nowMs, nowMs + delaySec * 1000, group ?? null);
    return { messageId, md5: md5(body) };
  }

  /**
   * Takes visible messages and hides them: those of the group that has fewest in flight, as in SQS's fair queues, and of them the
   * oldest first. Messages without a group wait for none. One that was received as often as its queue allows goes
   * to the dead letters instead.
   */
  receive(queue: string, most: number, visibilitySec: number, nowMs: number): Delivery[] {
    const policy = this.queue(queue)?.RedrivePolicy;
    const deliveries: Delivery[] = [];
    this.#transaction(() => {
      const visible = this.#db
        .prepare(
          `SELECT id, messageId, body, sentMs, receives, firstReceivedMs, messageGroup FROM messages
           LEFT JOIN (
             SELECT messageGroup AS busyGroup, count(*) AS inFlight FROM messages
             WHERE queue = :queue AND visibleMs > :now AND receiptHandle IS NOT NULL GROUP BY messageGroup
           ) ON messageGroup = busyGroup
           WHERE queue = :queue AND visibleMs <= :now ORDER BY coalesce(inFlight, 0), id`,
        )
        .iterate({ queue, now: nowMs });
      const taken: MessageRow[] = [];
      for (const row of visible) {
        if (taken.length + deliveries.length === most) break;
        taken.push(row as unknown as MessageRow);
      }
      for (const row of taken) {
        if (policy && row.receives >= policy.maxReceiveCount) this.#bury(row.id, policy.deadLetterTargetArn);
        else deliveries.push(this.#deliver(row, visibilitySec, nowMs));
      }
    });
    return deliveries;
  }

  /** Whether there was a message with this handle; a handle is good until the message is received again. */
  remove(queue: string, receiptHandle: string): boolean {
    const { changes } = this.#db
      .prepare('DELETE FROM messages WHERE queue = ? AND receiptHandle = ?')
      .run(queue, receiptHandle);
    return changes > 0;
  }

  changeVisibility(queue: string, receiptHandle: string, visibilitySec: number, nowMs: number): boolean {
    const { changes } = this.#db
      .prepare('UPDATE messages SET visibleMs = ? WHERE queue = ? AND receiptHandle = ?')
      .run(nowMs + visibilitySec * 1000, queue, receiptHandle);
    return changes > 0;
  }

  /**
   * Messages in flight become visible again: for a start after which nobody holds them any more. Their last delivery counts for nothing,
   * since it ended with the server: whoever ends it again and again sends no message to the dead letters. (SQS itself never ends.)
   */
  releaseAll(nowMs: number): void {
    this.#db
      .prepare(
        `UPDATE messages SET visibleMs = :now, receives = max(0, receives - 1), receiptHandle = NULL
         WHERE receiptHandle IS NOT NULL AND visibleMs > :now`,
      )
      .run({ now: nowMs });
  }

  counts(queue: string, nowMs: number): { visible: number; inFlight: number; delayed: number } {
    const row = this.#db
      .prepare(
        `SELECT count(*) FILTER (WHERE visibleMs <= :now) AS visible,
                count(*) FILTER (WHERE visibleMs > :now AND receiptHandle IS NOT NULL) AS inFlight,
                count(*) FILTER (WHERE visibleMs > :now AND receiptHandle IS NULL) AS delayed
         FROM messages WHERE queue = :queue`,
      )
      .get({ queue, now: nowMs })!;
    return row as unknown as { visible: number; inFlight: number; delayed: number };
  }

  /** When the next hidden message becomes visible, if one is hidden. */
  nextVisibleMs(queue: string, nowMs: number): number | undefined {
    const row = this.#db
      .prepare('SELECT min(visibleMs) AS next FROM messages WHERE queue = ? AND visibleMs > ?')
      .get(queue, nowMs);
    return (row?.['next'] as number | null) ?? undefined;
  }

  /** Drops messages that are older than their queue keeps them. */
  dropExpired(queue: string, nowMs: number): void {
    const keepSec = this.queue(queue)?.MessageRetentionPeriod;
    if (keepSec === undefined) return;
    this.#db
      .prepare('DELETE FROM messages WHERE queue = ? AND sentMs < ?')
      .run(queue, nowMs - keepSec * 1000);
  }

  /** The queues whose messages go to these dead letters. */
  sourcesOf(deadLetters: string): string[] {
    return this.queues().filter((name) => {
      const policy = this.queue(name)!.RedrivePolicy;
      return policy && nameIn(policy.deadLetterTargetArn) === deadLetters;
    });
  }

  /**
   * Moves the visible dead letters as new messages, each to the queue that it came from, or all to one.
   * @returns how many
   */
  redrive(deadLetters: string, target: string | undefined, nowMs: number): number {
    let moved = 0;
    this.#transaction(() => {
      const rows = this.#db
        .prepare('SELECT id, source FROM messages WHERE queue = ? AND visibleMs <= ? ORDER BY id')
        .all(deadLetters, nowMs);
      const [only] = this.sourcesOf(deadLetters);
      const move = this.#db.prepare(
        `UPDATE messages SET queue = ?, source = NULL, messageId = ?, sentMs = ?, visibleMs = ?, receives = 0,
         firstReceivedMs = NULL, receiptHandle = NULL WHERE id = ?`,
      );
      for (const { id, source } of rows) {
        const to = target ?? (source as string | null) ?? only;
        if (to === undefined) continue;
        move.run(to, randomUUID(), nowMs, nowMs, id!);
        moved += 1;
      }
    });
    return moved;
  }

  #deliver(row: MessageRow, visibilitySec: number, nowMs: number): Delivery {
    const receiptHandle = randomUUID();
    const firstReceivedMs = row.firstReceivedMs ?? nowMs;
    this.#db
      .prepare(
        'UPDATE messages SET visibleMs = ?, receives = receives + 1, firstReceivedMs = ?, receiptHandle = ? WHERE id = ?',
      )
      .run(nowMs + visibilitySec * 1000, firstReceivedMs, receiptHandle, row.id);
    const { messageId, body, sentMs } = row;
    return {
      messageId,
      receiptHandle,
      body,
      md5: md5(body),
      sentMs,
      firstReceivedMs,
      receives: row.receives + 1,
      group: row.messageGroup ?? undefined,
    };
  }

  /** The message keeps its id and its age, as in SQS, and counts receipts anew. */
  #bury(id: number, deadLetterArn: string): void {
    this.#db
      .prepare(
        'UPDATE messages SET source = queue, queue = ?, receives = 0, firstReceivedMs = NULL, receiptHandle = NULL WHERE id = ?',
      )
      .run(nameIn(deadLetterArn), id);
  }

  #transaction(work: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }
}

/** The queue that an ARN names. */
export const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

const md5 = (body: string): string => createHash('md5').update(body).digest('hex');
