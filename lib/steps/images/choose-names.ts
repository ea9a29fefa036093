import { GlossError } from '../../domain/errors.ts';
import { imageIdOf, type ImageId } from '../../domain/ids.ts';
import { composedName, numberedName, spellingsOf } from '../../domain/numbered-name.ts';
import type { OnExisting } from '../../domain/on-existing.ts';
import { uploadKey } from '../../domain/object-key.ts';
import type { Owner } from './find-own.ts';
import { NameOccupants, type Occupant, type OccupantDeps } from './name-occupants.ts';

/** A file that a tenant wants to send. */
export interface OfferedFile {
  readonly name: string;
  /** Without it the content is taken for another than any that is there. */
  readonly sha256?: string;
}

/**
 * send: under this name, which may be another than the one it was offered with; unchanged: this content is there under this name, and
 * sending it again would change nothing; skipped: other content is there.
 */
export interface ChosenName {
  readonly what: 'send' | 'unchanged' | 'skipped';
  readonly name: string;
  readonly imageId: ImageId;
}

/** How many numbers are looked at in each round: most names are free, and few are taken often. */
const ROUNDS = [4, 12, 48, 192, 744];

/**
 * Decides under which name each of up to 100 files is sent, if at all. Nothing is written: whoever invites the files makes sure that
 * nothing has changed since (reserve-room.ts).
 *
 * A file that is offered again has the answer of before: under a name that only its own content was invited to, it is sent again, and
 * once its object is in the bucket, it is unchanged. What failed for a reason that passes is sent again.
 * @throws nothing for one file: a GlossError `invalid` or `conflict` stands in its place
 */
export async function chooseNames(
  deps: OccupantDeps,
  owner: Owner,
  files: readonly OfferedFile[],
  onExisting: OnExisting,
): Promise<(ChosenName | GlossError)[]> {
  const names = files.map(({ name }) => checked(owner, name));
  const occupants = new NameOccupants(deps, owner);
  return onExisting === 'replace'
    ? replacing(occupants, owner, files, names)
    : choosing(occupants, owner, files, names, onExisting);
}

async function choosing(
  occupants: NameOccupants,
  owner: Owner,
  files: readonly OfferedFile[],
  names: readonly (string | GlossError)[],
  onExisting: OnExisting,
): Promise<(ChosenName | GlossError)[]> {
  const chooser = new Chooser(occupants, owner, onExisting);
  const good = files.flatMap((file, i) => {
    const name = names[i]!;
    return typeof name === 'string' ? [{ i, name, file }] : [];
  });
  const chosen = await chooser.choose(good);
  return names.map((name, i) => (typeof name === 'string' ? chosen.get(i)! : name));
}

/** In the spelling that it is sent with. */
function checked({ id }: Owner, given: string): string | GlossError {
  try {
    const name = composedName(given);
    uploadKey(id, name);
    return name;
  } catch (error) {
    if (error instanceof GlossError) return error;
    throw error;
  }
}

/** Only whoever says what the content is hears that it is there. */
async function replacing(
  occupants: NameOccupants,
  owner: Owner,
  files: readonly OfferedFile[],
  names: readonly (string | GlossError)[],
): Promise<(ChosenName | GlossError)[]> {
  await occupants.read(
    names.filter((name, i) => typeof name === 'string' && files[i]!.sha256 !== undefined) as string[],
  );
  return Promise.all(
    names.map(async (name, i): Promise<ChosenName | GlossError> => {
      if (typeof name !== 'string') return name;
      const { sha256 } = files[i]!;
      // The bucket is asked only where it may be there: it was invited.
      const mayBeThere =
        sha256 !== undefined && (occupants.recorded(name) ?? occupants.invited(name) === sha256);
      const occupant = mayBeThere ? await occupants.of(name) : undefined;
      const isThere = occupant && isSame(occupant, sha256) && !isToComeAgain(occupant);
      return { what: isThere ? 'unchanged' : 'send', name, imageId: imageIdOf(owner.id, name) };
    }),
  );
}

const isSame = (occupant: Occupant, sha256: string | undefined): boolean =>
  occupant.is === 'taken' && sha256 !== undefined && occupant.sha256 === sha256;

const isToComeAgain = (occupant: Occupant): boolean =>
  occupant.is === 'taken' && occupant.isToComeAgain === true;

interface Offer {
  /** Its place in the request. */
  readonly i: number;
  readonly name: string;
  readonly file: OfferedFile;
}

class Chooser {
  readonly #occupants: NameOccupants;
  readonly #owner: Owner;
  readonly #onExisting: OnExisting;
  /** What files of this request are sent under. */
  readonly #claimed = new Map<string, string | undefined>();
  readonly #chosen = new Map<number, ChosenName | GlossError>();

  constructor(occupants: NameOccupants, owner: Owner, onExisting: OnExisting) {
    this.#occupants = occupants;
    this.#owner = owner;
    this.#onExisting = onExisting;
  }

  /** Own names first: a number is given to nobody that is offered as a name. */
  async choose(offers: readonly Offer[]): Promise<ReadonlyMap<number, ChosenName | GlossError>> {
    let open = await this.#round(offers, ({ name }) => [name]);
    let number = 2;
    for (const size of ROUNDS) {
      const from = number;
      open = await this.#round(open, ({ name }) =>
        Array.from({ length: size }, (_, n) => numberedName(name, from + n)),
      );
      number += size;
    }
    for (const { i, name } of open) this.#chosen.set(i, takenTooOften(name, number - 1));
    return this.#chosen;
  }

  /** @returns those for whom none of the names was free */
  async #round(offers: readonly Offer[], namesFor: (offer: Offer) => readonly string[]): Promise<Offer[]> {
    if (offers.length === 0) return [];
    const rounds = offers.map((offer) => ({ offer, names: namesFor(offer) }));
    await this.#occupants.read(rounds.flatMap(({ names }) => names.flatMap(spellingsOf)));
    // The bucket is asked for all at once, as far as it can be foreseen; what is asked once is kept.
    await Promise.all(
      rounds.map(async ({ names }) => {
        const first = names.find((name) => !this.#isRecorded(name) && !this.#claimed.has(name));
        if (first !== undefined) await this.#occupantOf(first);
      }),
    );
    const open: Offer[] = [];
    for (const { offer, names } of rounds) {
      const chosen = await this.#choose(offer, names);
      if (chosen) this.#chosen.set(offer.i, chosen);
      else open.push(offer);
    }
    return open;
  }

  async #choose({ name: own, file: { sha256 } }: Offer, names: readonly string[]) {
    // The same content wins over a free name before it: something was deleted since it was sent.
    for (const name of names) {
      const there = spellingsOf(name).find((spelled) => {
        const recorded = this.#occupants.recorded(spelled);
        return recorded && isSame(recorded, sha256);
      });
      if (there !== undefined) return this.#there(there, sha256);
      if (sha256 !== undefined && this.#claimed.get(name) === sha256) return this.#answer('unchanged', name);
    }
    for (const name of names) {
      if (this.#claimed.has(name)) continue;
      const { occupant, spelled } = await this.#occupantOf(name);
      if (isSame(occupant, sha256)) return this.#there(spelled, sha256);
      if (occupant.is === 'free' && (occupant.invited === undefined || occupant.invited === sha256)) {
        const refusal = checked(this.#owner, name);
        if (typeof refusal !== 'string') return refusal;
        this.#claimed.set(name, sha256);
        return this.#answer('send', name);
      }
    }
    return this.#onExisting === 'skip' ? this.#answer('skipped', own) : undefined;
  }

  /** The same content is there: it is sent again if it failed, and may not fail again. */
  #there(name: string, sha256: string | undefined): ChosenName {
    const occupant = this.#occupants.recorded(name);
    const isSent = occupant !== undefined && isToComeAgain(occupant) && !this.#claimed.has(name);
    if (isSent) this.#claimed.set(name, sha256);
    return this.#answer(isSent ? 'send' : 'unchanged', name);
  }

  #answer(what: ChosenName['what'], name: string): ChosenName {
    return { what, name, imageId: imageIdOf(this.#owner.id, name) };
  }

  #isRecorded(name: string): boolean {
    return spellingsOf(name).some((spelled) => this.#occupants.recorded(spelled) !== undefined);
  }

  /** A name is taken if it is in any of its spellings. */
  async #occupantOf(name: string): Promise<{ readonly occupant: Occupant; readonly spelled: string }> {
    const spellings = spellingsOf(name);
    const found = await Promise.all(spellings.map((spelled) => this.#occupants.of(spelled)));
    const taken = found.findIndex(({ is }) => is === 'taken');
    const at = Math.max(0, taken);
    return { occupant: found[at]!, spelled: spellings[at]! };
  }
}

const takenTooOften = (name: string, often: number) =>
  new GlossError(
    'conflict',
    'name_taken',
    `there are ${often} pictures called ${name}, with numbers behind: choose another name`,
    { place: { field: 'name' } },
  );
