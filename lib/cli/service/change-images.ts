import { partsOf } from '../../domain/parts-of.ts';
import { CommandError } from '../terminal/command-error.ts';
import { ApiProblem, type Locate } from './client.ts';
import { resolveImages, whyNotThere, type ResolvedImage } from './resolve-image.ts';
import { refusalOf, type Refusal } from './send-in-parts.ts';

export interface Changed {
  /** As it was asked for, where there is none. */
  readonly id: string;
  readonly name?: string;
  /** Why it is as it was; absent where it is changed. */
  readonly failure?: Refusal;
}

export interface ChangeReport {
  /** In the order asked. */
  readonly images: readonly Changed[];
  /** Why the command ended before all was done; what it changed stays changed. */
  readonly stopped?: Refusal;
}

/** Changes images, at most 100 of them. @returns what became of each by its id: nothing more to say, or why it is as it was; those that are not there are left out */
export type Change = (ids: readonly string[]) => Promise<ReadonlyMap<string, 'changed' | Refusal>>;

/** As many as the API takes at once. */
const AT_ONCE = 100;

/**
 * Changes images by id or by name, a hundred at a time. One that cannot be changed does not stop the others; it ends where a reason is met that
 * holds for all.
 * @throws CommandError that reason, when nothing was changed or refused before it
 */
export async function changeImages(
  locate: Locate,
  wanted: readonly string[],
  change: Change,
): Promise<ChangeReport> {
  const ends: (Changed | undefined)[] = [];
  for (const part of partsOf(wanted, AT_ONCE)) {
    const { ended, error } = await changeSome(locate, part, change);
    ends.push(...ended);
    if (error === undefined) continue;
    if (ends.every((end) => end === undefined)) throw error;
    const stopped = refusalOf(error);
    return { images: wanted.map((id, i) => ends[i] ?? { id, failure: stopped }), stopped };
  }
  return { images: ends.filter((end) => end !== undefined) };
}

/** How some ended, in the order asked; after an error that holds for all, those are undefined or missing that it kept from an end. */
interface SomeEnded {
  readonly ended: readonly (Changed | undefined)[];
  readonly error?: CommandError;
}

type Asked = { readonly there: ResolvedImage } | { readonly ended: Changed };

async function changeSome(locate: Locate, wanted: readonly string[], change: Change): Promise<SomeEnded> {
  let images: readonly Asked[] = wanted.map((id) => ({ there: { id, name: id } }));
  try {
    const found = await resolveImages(locate, wanted);
    images = found.map((one, i): Asked =>
      'failure' in one ? { ended: { id: wanted[i]!, failure: one.failure } } : { there: one },
    );
    const ids = images.flatMap((one) => ('there' in one ? [one.there.id] : []));
    const changed = ids.length > 0 ? await change(ids) : new Map<string, 'changed'>();
    return { ended: images.map((one) => ('there' in one ? endOf(one.there, changed) : one.ended)) };
  } catch (error) {
    if (holdsForAll(error))
      return { ended: images.map((one) => ('there' in one ? undefined : one.ended)), error };
    const failure = refusalOf(error);
    return {
      ended: images.map((one) =>
        'there' in one ? { id: one.there.id, name: one.there.name, failure } : one.ended,
      ),
    };
  }
}

function endOf(image: ResolvedImage, changed: ReadonlyMap<string, 'changed' | Refusal>): Changed {
  const { id, name } = image;
  const end = changed.get(id);
  return end === 'changed' ? { id, name } : { id, name, failure: end ?? whyNotThere(image) };
}

/** What an image or its part alone can be refused with: a bad name, a conflict, what is damaged. */
const OF_SOME: ReadonlySet<number> = new Set([400, 409, 413, 500]);

/** Whether the next image would meet it as well: no stack, a key that may not, too many requests. */
function holdsForAll(error: unknown): error is CommandError {
  return error instanceof CommandError && !(error instanceof ApiProblem && OF_SOME.has(error.status));
}
