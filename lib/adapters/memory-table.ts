import { compareUtf8 } from '../index/bytes/utf8-order.ts';
import type { CapacityMeter } from '../domain/capacity-meter.ts';
import { itemBytes, readUnits, writeUnits } from './capacity-units.ts';
import type { Item, PrimaryKey } from './dynamo-batch.ts';
import type { PartitionKey } from './partitions.ts';

/** Limits of one request, as dynamo-batch.ts keeps them or DynamoDB sets them. */
const GET_KEYS = 100;
const GET_PARTITION_BYTES = 2 ** 20;
const WRITE_REQUESTS = 25;
const WRITE_BODY_BYTES = 4_000_000;
const PAGE_BYTES = 2 ** 20;

interface Partition {
  readonly items: Map<string, Item>;
  /** Sorted sort keys; undefined after a write, until they are needed. */
  sorted: string[] | undefined;
}

interface QueryOptions {
  readonly consistent: boolean;
  /** Returns only keys, at the same cost. */
  readonly keysOnly?: true;
  /** What the sort keys begin with. */
  readonly beginsWith?: string;
}

/**
 * A table in memory that charges what DynamoDB would for the requests that the DynamoDB adapters would send. Every
 * read takes the same time: reads that begin together end together, which is one round.
 */
export class MemoryTable {
  readonly #meter: CapacityMeter;
  readonly #partitions = new Map<string, Partition>();
  #round: Promise<void> | undefined;

  constructor(meter: CapacityMeter) {
    this.#meter = meter;
  }

  async get(
    { pk, sk }: PrimaryKey,
    { consistent }: { readonly consistent: boolean },
  ): Promise<Item | undefined> {
    await this.#read();
    const item = this.#partitions.get(pk)?.items.get(sk);
    const bytes = item ? itemBytes(item) : 0;
    this.#meter.add({ readRequests: 1, readBytes: bytes, readUnits: readUnits(bytes, consistent) });
    return item;
  }

  /** The existing items, in the order of the keys. A repeated key is read once. */
  async batchGet(
    keys: readonly PrimaryKey[],
    { consistent }: { readonly consistent: boolean },
  ): Promise<(Item | undefined)[]> {
    let pending = [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, key])).values()];
    while (pending.length > 0) {
      await this.#read();
      const unprocessed: PrimaryKey[] = [];
      for (let start = 0; start < pending.length; start += GET_KEYS) {
        unprocessed.push(...this.#chargeBatch(pending.slice(start, start + GET_KEYS), consistent));
      }
      pending = unprocessed;
    }
    return keys.map(({ pk, sk }) => this.#partitions.get(pk)?.items.get(sk));
  }

  /** Charges one BatchGetItem. Returns the keys that are left after 1 MB of their partition has been read. */
  #chargeBatch(keys: readonly PrimaryKey[], consistent: boolean): PrimaryKey[] {
    const unprocessed: PrimaryKey[] = [];
    const bytesOf = new Map<string, number>();
    let units = 0;
    for (const key of keys) {
      const item = this.#partitions.get(key.pk)?.items.get(key.sk);
      const before = bytesOf.get(key.pk) ?? 0;
      const bytes = item ? itemBytes(item) : 0;
      if (before > 0 && before + bytes > GET_PARTITION_BYTES) {
        unprocessed.push(key);
        continue;
      }
      bytesOf.set(key.pk, before + bytes);
      units += readUnits(bytes, consistent);
    }
    const readBytes = [...bytesOf.values()].reduce((sum, bytes) => sum + bytes, 0);
    this.#meter.add({ readRequests: 1, readBytes, readUnits: units });
    return unprocessed;
  }

  /**
   * The items of a partition in order, read in pages of 1 MB.
   */
  async queryAll(pk: string, { consistent, keysOnly, beginsWith = '' }: QueryOptions): Promise<Item[]> {
    const found = this.#sortedKeys(pk)
      .filter((sk) => sk.startsWith(beginsWith))
      .map((sk) => this.#partitions.get(pk)!.items.get(sk)!);
    let next = 0;
    for (let more = true; more;) {
      await this.#read();
      let size = 0;
      let readBytes = 0;
      for (; next < found.length && size < PAGE_BYTES; next += 1) {
        const item = found[next]!;
        size += itemBytes(item);
        readBytes += itemBytes(keysOnly ? { pk: item['pk']!, sk: item['sk']! } : item);
      }
      this.#meter.add({ readRequests: 1, readBytes, readUnits: readUnits(size, consistent) });
      more = size >= PAGE_BYTES; // a full page says that there may be more, even if there is not
    }
    return found;
  }

  /** The item with the greatest key from `from` to `to`: a backward query that stops at the first item. */
  async queryLast(
    pk: string,
    { from, to, consistent }: { readonly from: string; readonly to: string; readonly consistent: boolean },
  ): Promise<Item | undefined> {
    await this.#read();
    const sorted = this.#sortedKeys(pk);
    const sk = sorted[countUpTo(sorted, to) - 1];
    const item =
      sk === undefined || compareUtf8(sk, from) < 0 ? undefined : this.#partitions.get(pk)!.items.get(sk);
    const readBytes = item ? itemBytes(item) : 0;
    this.#meter.add({ readRequests: 1, readBytes, readUnits: readUnits(readBytes, consistent) });
    return item;
  }

  /**
   * Puts an item if the stored one passes the condition. A refusal costs the same. Returns whether it was
   * written.
   */
  put(item: Item, condition: (stored: Item | undefined) => boolean): boolean {
    const { pk, sk } = keyOf(item);
    const stored = this.#partitions.get(pk)?.items.get(sk);
    const units = this.#unitsOfWrite(stored, item);
    this.#meter.add({ writeRequests: 1, writeUnits: units, writtenBytes: itemBytes(item) });
    if (!condition(stored)) return false;
    this.#set(item);
    return true;
  }

  batchPut(items: Iterable<Item>): void {
    let inRequest = 0;
    let bodyBytes = 0;
    for (const item of items) {
      const body = item['body']?.B?.length ?? 0;
      if (inRequest === 0 || inRequest === WRITE_REQUESTS || bodyBytes + body > WRITE_BODY_BYTES) {
        this.#meter.add({ writeRequests: 1 });
        inRequest = 0;
        bodyBytes = 0;
      }
      inRequest += 1;
      bodyBytes += body;
      const { pk, sk } = keyOf(item);
      const units = this.#unitsOfWrite(this.#partitions.get(pk)?.items.get(sk), item);
      this.#meter.add({ writeUnits: units, writtenBytes: itemBytes(item) });
      this.#set(item);
    }
  }

  batchDelete(keys: readonly PrimaryKey[]): void {
    this.#meter.add({ writeRequests: Math.ceil(keys.length / WRITE_REQUESTS) });
    for (const { pk, sk } of keys) {
      const partition = this.#partitions.get(pk);
      this.#meter.add({ writeUnits: this.#unitsOfWrite(partition?.items.get(sk), undefined) });
      partition?.items.delete(sk);
      if (partition) partition.sorted = undefined;
      if (partition?.items.size === 0) this.#partitions.delete(pk);
    }
  }

  #unitsOfWrite(before: Item | undefined, after: Item | undefined): number {
    return writeUnits(Math.max(before ? itemBytes(before) : 0, after ? itemBytes(after) : 0));
  }

  #set(item: Item): void {
    const { pk, sk } = keyOf(item);
    let partition = this.#partitions.get(pk);
    if (!partition) this.#partitions.set(pk, (partition = { items: new Map(), sorted: undefined }));
    if (!partition.items.has(sk)) partition.sorted = undefined;
    partition.items.set(sk, item);
  }

  #sortedKeys(pk: string): readonly string[] {
    const partition = this.#partitions.get(pk);
    if (!partition) return [];
    return (partition.sorted ??= [...partition.items.keys()].sort(compareUtf8));
  }

  /** Waits for the end of the current round, or of a new one. */
  #read(): Promise<void> {
    if (!this.#round) {
      this.#meter.add({ rounds: 1 });
      this.#round = new Promise((over) => {
        setImmediate(() => {
          this.#round = undefined;
          over();
        });
      });
    }
    return this.#round;
  }
}

const keyOf = (item: Item): PrimaryKey => ({ pk: item['pk']!.S! as PartitionKey, sk: item['sk']!.S! });

/** How many of the sorted keys are at most this one. */
function countUpTo(sorted: readonly string[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareUtf8(sorted[middle]!, key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
