import { createHash } from 'node:crypto';
import type { Item } from '../dynalite-parts.ts';

/** Items of one partition key. */
class Partition {
  readonly items: Map<string, Item>;
  #sorted: string[] | undefined;

  constructor(items: Iterable<readonly [string, Item]> = []) {
    this.items = new Map(items);
  }

  /** Sort keys in the order of their UTF-8 bytes. */
  keys(): readonly string[] {
    this.#sorted ??= [...this.items.keys()].sort(compareBytes);
    return this.#sorted;
  }

  put(sk: string, item: Item): void {
    if (!this.items.has(sk)) this.#sorted = undefined;
    this.items.set(sk, item);
  }

  delete(sk: string): void {
    if (this.items.delete(sk)) this.#sorted = undefined;
  }
}

/** A table with the keys `pk` and `sk`, both strings. Items are never changed in place, so copies of tables share them. */
export class Table {
  readonly #partitions: Map<string, Partition>;

  constructor(partitions = new Map<string, Partition>()) {
    this.#partitions = partitions;
  }

  get(pk: string, sk: string): Item | undefined {
    return this.#partitions.get(pk)?.items.get(sk);
  }

  put(item: Item): void {
    const { pk, sk } = keyOf(item);
    let partition = this.#partitions.get(pk);
    if (!partition) this.#partitions.set(pk, (partition = new Partition()));
    partition.put(sk, item);
  }

  delete(pk: string, sk: string): void {
    const partition = this.#partitions.get(pk);
    partition?.delete(sk);
    if (partition?.items.size === 0) this.#partitions.delete(pk);
  }

  /** In the order of their sort keys. */
  ofPartition(pk: string): Item[] {
    const partition = this.#partitions.get(pk);
    return partition ? partition.keys().map((sk) => partition.items.get(sk)!) : [];
  }

  /** All items, partition by partition in an order of its own, as a scan has them. */
  all(): Item[] {
    const hashed = [...this.#partitions.keys()].map((pk) => [hashOf(pk), pk] as const).sort(byFirst);
    return hashed.flatMap(([, pk]) => this.ofPartition(pk));
  }

  copy(): Table {
    return new Table(new Map([...this.#partitions].map(([pk, { items }]) => [pk, new Partition(items)])));
  }
}

export const keyOf = (item: Item): { readonly pk: string; readonly sk: string } => ({
  pk: item['pk']!.S!,
  sk: item['sk']!.S!,
});

/** Below zero where a scan comes to the first before the second: partitions by their hashes, in them by sort key. */
export function compareInScan(a: Item, b: Item): number {
  const [one, other] = [keyOf(a), keyOf(b)];
  if (one.pk === other.pk) return compareBytes(one.sk, other.sk);
  return hashOf(one.pk) < hashOf(other.pk) ? -1 : 1;
}

const byFirst = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : 1);

const hashes = new Map<string, string>();
function hashOf(pk: string): string {
  let hash = hashes.get(pk);
  if (hash === undefined) hashes.set(pk, (hash = createHash('md5').update(pk).digest('hex')));
  return hash;
}

export const compareBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
