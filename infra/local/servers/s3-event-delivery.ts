import type { PendingEvent, S3Database } from './s3-database.ts';

const RETRY_MS = 1000;

export type OnEvent = (event: PendingEvent) => Promise<void>;
export type EventDelivery = ReturnType<typeof deliverEvents>;

/**
 * Changes to a key, one after the other, each with its events handed on before the next: so the order of events is the
 * order of states. An event that nobody took is tried again, first when the key is next asked for, and by and by.
 */
export function deliverEvents(database: S3Database, onEvent: OnEvent) {
  const tails = new Map<string, Promise<unknown>>();
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  async function handOn(bucket: string, key: string): Promise<void> {
    for (const event of database.unsettledEvents(bucket, key)) {
      await onEvent(event);
      database.settle(event);
    }
  }

  /** Runs `change` alone for its key. @throws what `change` or the taker of events throws. */
  async function change<T>(bucket: string, key: string, change: () => Promise<T>): Promise<T> {
    const name = `${bucket}/${key}`;
    const before = tails.get(name) ?? Promise.resolve();
    const work = before.then(async () => {
      await handOn(bucket, key);
      const result = await change();
      await handOn(bucket, key);
      return result;
    });
    const tail = work.catch(retryLater);
    tails.set(name, tail);
    await tail;
    if (tails.get(name) === tail) tails.delete(name);
    return work;
  }

  async function handOnAll(): Promise<void> {
    const nothing = () => Promise.resolve();
    const keys = database.keysWithEvents();
    await Promise.allSettled(keys.map(({ bucket, key }) => change(bucket, key, nothing)));
  }

  function retryLater(): void {
    if (closed) return;
    clearTimeout(retry);
    retry = setTimeout(() => void handOnAll(), RETRY_MS).unref();
  }

  void handOnAll();
  return {
    change,
    /** Done when nothing is under way. */
    async close(): Promise<void> {
      closed = true;
      clearTimeout(retry);
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}
