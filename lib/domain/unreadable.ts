import { GlossError } from './errors.ts';
import type { ImageId, Sequencer, TenantId } from './ids.ts';
import { LOST_NAME, type ImageRecord } from './image.ts';

/** The reason of an item that a later version has written: one that is rolled back must not write over it. */
export const LATER_FORMAT = 'it is of a later format';

/** What stands in the place of an item that is there and cannot be read. Whoever reads items decides what becomes of it. */
export class Unreadable {
  readonly what:
    | 'record'
    | 'gloss'
    | 'original'
    | 'stray'
    | 'key'
    | 'tenant'
    | 'usage'
    | 'receiver'
    | 'webhook'
    | 'seal'
    | 'associations'
    | 'totals'
    | 'sums'
    | 'asked'
    | 'waiting'
    | 'ended';
  /** Which one: an image id, a name, or what else the key of the item says. */
  readonly id: string;
  /** What is wrong with it, for the operator. */
  readonly reason: string;

  constructor(what: Unreadable['what'], id: string, reason: string) {
    this.what = what;
    this.id = id;
    this.reason = reason;
  }

  get isOfLaterFormat(): boolean {
    return this.reason === LATER_FORMAT;
  }

  /** For whoever cannot go on without it. */
  error(): GlossError {
    const { what, id, reason } = this;
    return new GlossError('unreadable', `unreadable_${what}`, `${what} ${id} cannot be read (${reason})`);
  }
}

/** What is kept of an image. */
export class UnreadableOfImage extends Unreadable {
  declare readonly what: 'record' | 'gloss';
  readonly imageId: ImageId;

  constructor(what: UnreadableOfImage['what'], imageId: ImageId, reason: string) {
    super(what, imageId, reason);
    this.imageId = imageId;
  }

  override error(): GlossError {
    const { what, imageId, reason } = this;
    const message = `the ${what} of image ${imageId} cannot be read (${reason}); uploading or importing it again, or deleting it, takes its place`;
    return new GlossError('unreadable', `unreadable_${what}`, message);
  }
}

export class UnreadableRecord extends UnreadableOfImage {
  /** Those of its fields that can be read, and what is kept beside them. */
  readonly known: Partial<ImageRecord>;
  /** As the store has it, for the store alone: it is written over as long as it is still that. */
  readonly stored: unknown;

  constructor(imageId: ImageId, reason: string, known: Partial<ImageRecord>, stored: unknown) {
    super('record', imageId, reason);
    this.known = known;
    this.stored = stored;
  }
}

export class UnreadableGloss extends UnreadableOfImage {
  /** Which state it is of, where what is kept beside it says so. */
  readonly sequencer: Sequencer | undefined;

  constructor(imageId: ImageId, reason: string, sequencer: Sequencer | undefined) {
    super('gloss', imageId, reason);
    this.sequencer = sequencer;
  }
}

export class UnreadableSecrets extends Unreadable {
  /** As the store has them, for the store alone: they are written over as long as they are still that. */
  readonly stored: unknown;

  constructor(tenant: TenantId, reason: string, stored: unknown) {
    super('webhook', tenant, reason);
    this.stored = stored;
  }
}

/** Hears of items that cannot be read, as often as they are. */
export type OnUnreadable = (item: Unreadable) => void;

export const isReadable = <Item>(item: Item): item is Exclude<Item, Unreadable> =>
  !(item instanceof Unreadable);
export const isUnreadable = <Item>(item: Item): item is Extract<Item, Unreadable> =>
  item instanceof Unreadable;

/** @throws GlossError `unreadable` */
export function readable<Item>(item: Item): Exclude<Item, Unreadable> {
  if (isReadable(item)) return item;
  throw (item as Unreadable).error();
}

/** Those of a page that can be read, where the others are passed over. */
export const readableOnes = <Item>(items: Iterable<Item>): Exclude<Item, Unreadable>[] =>
  [...items].filter(isReadable);

/** The same of items by key. */
export const readableIn = <Key, Item>(
  items: ReadonlyMap<Key, Item>,
): ReadonlyMap<Key, Exclude<Item, Unreadable>> =>
  new Map([...items].filter((entry): entry is [Key, Exclude<Item, Unreadable>] => isReadable(entry[1])));

/** Of a state whose number nobody knows any more: each is later. */
const UNNUMBERED = '0'.repeat(32) as Sequencer;
/** More than the writes of any record: a revision that nobody has read. */
const UNCOUNTED = 2 ** 40;

/**
 * What takes the place of a record that cannot be read, for whoever writes its next state: what is known of it, and of the rest
 * what asks for most work. Its words may be in the index.
 */
export function lastKnown({ imageId, known }: UnreadableRecord, nowMs: number): ImageRecord {
  return {
    name: LOST_NAME,
    status: 'received',
    sequencer: UNNUMBERED,
    source: 'upload',
    mayBeIndexed: true,
    createdAtMs: nowMs,
    object: null,
    updatedAtMs: nowMs,
    revision: UNCOUNTED,
    ...known,
    imageId,
  };
}
