import { LOST_NAME, type ImageRecord } from '../../domain/image.ts';
import { imageIdOf, type ImageId } from '../../domain/ids.ts';
import { partsOf } from '../../domain/parts-of.ts';
import { isSameObject } from '../../domain/seen-object.ts';
import { isUnreadable } from '../../domain/unreadable.ts';
import type { ImageRecords, StoredRecord } from '../../ports/image-records.ts';
import type { ObjectTimes } from '../../ports/object-times.ts';
import type { Reservation, Reservations } from '../../ports/reservations.ts';
import { BUDGET_USED_UP } from './month-budget.ts';
import { isAboveQuota } from './check-quota.ts';
import { findOwn, type Owner } from './find-own.ts';

export interface OccupantDeps {
  readonly records: Pick<ImageRecords, 'getMany'>;
  readonly reservations: Pick<Reservations, 'of'>;
  readonly objectTimes: ObjectTimes;
}

/**
 * What a name is taken by: a content, as far as its SHA-256 is known; or nothing. `invited` says that this content is expected, and has
 * not been seen in the bucket; `isToComeAgain`, that it is there, and failed for a reason that passes and that no sweep looks after.
 */
export type Occupant =
  | { readonly is: 'taken'; readonly sha256?: string; readonly isToComeAgain?: true }
  | { readonly is: 'free'; readonly invited?: string };

/** Of ids at a time, as the stores take them. */
const AT_A_TIME = 100;

/**
 * What is under names of a tenant, read once for each. An invitation comes before its object, and its object before its record, which
 * is written before the invitation ends: read in that order, none of them is missed.
 */
export class NameOccupants {
  readonly #deps: OccupantDeps;
  readonly #owner: Owner;
  readonly #held = new Map<ImageId, Pick<Reservation, 'bytes' | 'sha256'> | undefined>();
  readonly #records = new Map<ImageId, StoredRecord | undefined>();
  readonly #objects = new Map<ImageId, Promise<Occupant>>();

  constructor(deps: OccupantDeps, owner: Owner) {
    this.#deps = deps;
    this.#owner = owner;
  }

  /** Reads what the tables know of names, at two read units each; the bucket is left for `of`. */
  async read(names: readonly string[]): Promise<void> {
    const tenant = this.#owner.id;
    const ids = [...new Set(names.map((name) => imageIdOf(tenant, name)))].filter(
      (id) => !this.#records.has(id),
    );
    await Promise.all(
      Array.from(partsOf(ids, AT_A_TIME), async (part) => {
        const held = await this.#deps.reservations.of(tenant, part);
        const records = await this.#deps.records.getMany(tenant, part);
        for (const id of part) {
          this.#held.set(id, held.get(id));
          this.#records.set(id, records.get(id));
        }
      }),
    );
  }

  /** What a name that was read is taken by, as far as it has a record; undefined where the bucket has to be asked. */
  recorded(name: string): Occupant | undefined {
    const record = this.#records.get(imageIdOf(this.#owner.id, name));
    if (!record || isUnreadable(record) || record.status === 'removed') return undefined;
    const { failure } = record;
    const isToComeAgain = failure?.retryable && !isAboveQuota(failure) && failure.code !== BUDGET_USED_UP;
    return { is: 'taken', ...contentOf(record), ...(isToComeAgain && { isToComeAgain }) };
  }

  /** The SHA-256 with which a name that was read is invited. */
  invited(name: string): string | undefined {
    return this.#held.get(imageIdOf(this.#owner.id, name))?.sha256;
  }

  /** What a name that was read is taken by; the bucket is asked where nothing that can be read is recorded. */
  of(name: string): Promise<Occupant> {
    const recorded = this.recorded(name);
    if (recorded) return Promise.resolve(recorded);
    const id = imageIdOf(this.#owner.id, name);
    const known = this.#objects.get(id);
    if (known) return known;
    const asked = this.#ask(name, id);
    this.#objects.set(id, asked);
    return asked;
  }

  async #ask(name: string, id: ImageId): Promise<Occupant> {
    const found = await findOwn(this.#deps.objectTimes, this.#owner, name);
    const record = this.#records.get(id);
    const known = isUnreadable(record) ? record.known : undefined;
    if (known?.source === 'import') return { is: 'taken' };
    if (found) {
      const seen = known?.object && isSameObject(found, known.object) ? known.object : undefined;
      const sha256 = found.sha256 ?? seen?.sha256;
      return { is: 'taken', ...(sha256 !== undefined && { sha256 }) };
    }
    if (known && known.status !== 'removed') return { is: 'taken' };
    const held = this.#held.get(id);
    if (!held) return { is: 'free' };
    return held.sha256 === undefined ? { is: 'taken' } : { is: 'free', invited: held.sha256 };
  }
}

/** Imported words are no content of a file, also where a picture was under their name before. */
const contentOf = ({ source, object, name }: ImageRecord): { readonly sha256?: string } =>
  source === 'upload' && name !== LOST_NAME && object?.sha256 !== undefined ? { sha256: object.sha256 } : {};
