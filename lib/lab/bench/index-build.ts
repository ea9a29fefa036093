import { plus, type Capacity } from '../../domain/capacity-meter.ts';
import type { Gloss } from '../../domain/gloss.ts';
import { imageIdOf, sequencerAfter, type TenantId } from '../../domain/ids.ts';
import type { Manifest } from '../../index/segment/manifest.ts';
import { IndexWriter } from '../../steps/index/index-writer.ts';
import { importedGloss } from '../../steps/images/import-documents.ts';
import { dropSegments } from '../../steps/index/drop-segments.ts';
import { mergeSegments } from '../../steps/index/merge-segments.ts';
import type { BenchStore } from './bench-store.ts';
import { GlossError } from '../../domain/errors.ts';
import { parseLine } from '../../files/read-documents.ts';
import { readLines } from '../../files/read-lines.ts';

/** What building the index has cost so far, by what it was for. */
export interface BuildCost {
  readonly documents: number;
  readonly seconds: number;
  readonly indexing: Capacity;
  readonly merging: Capacity;
  /** Of segments that merges replaced; deleting costs as much as writing. */
  readonly dropping: Capacity;
  readonly longestMergeSec: number;
}

/** The glosses of a file, one a line, read as they are asked for. @throws GlossError `invalid` that names the line. */
export async function* readGlosses(file: string, tenant: TenantId): AsyncGenerator<Gloss, undefined> {
  const seen = new Set<string>();
  let line = 0;
  for await (const text of readLines(file)) {
    line += 1;
    if (text.trim() === '') continue;
    const document = parseLine(text);
    if (typeof document === 'string') {
      throw new GlossError(
        'invalid',
        'documents',
        `${file}, line ${line}: ${document}; correct or remove the line`,
      );
    }
    const imageId = imageIdOf(tenant, document.id);
    if (seen.has(imageId)) {
      throw new GlossError(
        'invalid',
        'documents',
        `${file}, line ${line}: a second "${document.id}"; ids must differ`,
      );
    }
    seen.add(imageId);
    yield importedGloss(document, imageId, sequencerAfter(undefined, line));
  }
}

/** A rule of merging that makes one segment of all. */
const everything = ({ segments }: Pick<Manifest, 'segments'>) =>
  segments.length > 1 ? [...segments] : undefined;

/** An index without a service. */
const NO_TENANTS = { get: () => Promise.resolve(undefined) };

/** Builds an index batch by batch, as the functions would with nothing else to do: every merge as soon as it is due. */
export class IndexBuild {
  readonly #store: BenchStore;
  readonly #tenant: TenantId;
  #cost: BuildCost;

  constructor(store: BenchStore, tenant: TenantId) {
    this.#store = store;
    this.#tenant = tenant;
    const nothing = store.meter.since(store.meter.snapshot());
    this.#cost = {
      documents: 0,
      seconds: 0,
      indexing: nothing,
      merging: nothing,
      dropping: nothing,
      longestMergeSec: 0,
    };
  }

  get cost(): BuildCost {
    return this.#cost;
  }

  async add(batch: readonly Gloss[]): Promise<void> {
    const { deps, mergeMessages } = this.#store;
    const startMs = performance.now();
    await this.#charge('indexing', () =>
      new IndexWriter(deps, this.#tenant).append(deps, () => Promise.resolve(batch)).then(() => undefined),
    );
    for (let message = mergeMessages.shift(); message; message = mergeMessages.shift()) {
      if (message.task === 'drop') {
        await this.#charge('dropping', () => dropSegments({ ...deps, tenants: NO_TENANTS }, message));
      } else {
        const mergeMs = performance.now();
        await this.#charge('merging', () => mergeSegments(deps, this.#tenant).then(() => undefined));
        const longestMergeSec = Math.max(this.#cost.longestMergeSec, (performance.now() - mergeMs) / 1_000);
        this.#cost = { ...this.#cost, longestMergeSec };
      }
    }
    this.#cost = {
      ...this.#cost,
      documents: this.#cost.documents + batch.length,
      seconds: this.#cost.seconds + (performance.now() - startMs) / 1_000,
    };
  }

  /** Makes one segment of all. */
  async mergeAll(): Promise<void> {
    const rules = { ...this.#store.deps.rules, nextMerge: everything };
    const deps = { ...this.#store.deps, rules };
    await this.#charge('merging', () => mergeSegments(deps, this.#tenant).then(() => undefined));
    this.#store.mergeMessages.length = 0;
  }

  async #charge(what: 'indexing' | 'merging' | 'dropping', work: () => Promise<void>): Promise<void> {
    const before = this.#store.meter.snapshot();
    await work();
    this.#cost = { ...this.#cost, [what]: plus(this.#cost[what], this.#store.meter.since(before)) };
  }
}
