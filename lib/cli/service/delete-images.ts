import { DeletionAnswer } from '../../api/images/image.ts';
import { partsOf } from '../../domain/parts-of.ts';
import { CommandError } from '../terminal/command-error.ts';
import { ApiProblem, callApi, type Locate } from './client.ts';
import { resolveImages, whyNotThere, type ResolvedImage } from './resolve-image.ts';
import { refusalOf, type Refusal } from './send-in-parts.ts';

interface Deletion {
  /** As it was asked for, where there is none. */
  readonly id: string;
  readonly name?: string;
  readonly deleted: boolean;
  readonly failure?: Refusal;
}

export interface DeleteReport {
  /** In the order asked. */
  readonly images: readonly Deletion[];
  /** Why the command ended before all was done; what it deleted stays deleted. */
  readonly stopped?: Refusal;
}

/** As many as the API takes at once. */
const AT_ONCE = 100;

/**
 * Deletes part by part, until a reason is met that holds for all.
 * @throws CommandError that reason, when nothing was deleted or refused before it
 */
export async function deleteImages(locate: Locate, wanted: readonly string[]): Promise<DeleteReport> {
  const ends: (Deletion | undefined)[] = [];
  for (const part of partsOf(wanted, AT_ONCE)) {
    const { ended, error } = await deleteSome(locate, part);
    ends.push(...ended);
    if (error === undefined) continue;
    if (ends.every((end) => end === undefined)) throw error;
    const stopped = refusalOf(error);
    return { images: wanted.map((id, i) => ends[i] ?? { id, deleted: false, failure: stopped }), stopped };
  }
  return { images: ends.filter((end) => end !== undefined) };
}

/** How some ended, in the order asked; after an error that holds for all, those are undefined or missing that it kept from an end. */
interface SomeEnded {
  readonly ended: readonly (Deletion | undefined)[];
  readonly error?: CommandError;
}

async function deleteSome(locate: Locate, wanted: readonly string[]): Promise<SomeEnded> {
  let images: readonly (ResolvedImage | Deletion)[] = wanted.map((id) => ({ id, name: id }));
  try {
    const found = await resolveImages(locate, wanted);
    images = found.map((one, i) =>
      'failure' in one ? { id: wanted[i]!, deleted: false, failure: one.failure } : one,
    );
    const ids = images.flatMap((one) => ('deleted' in one ? [] : [one.id]));
    const removed = await removedOf(locate, ids);
    return { ended: images.map((one) => ('deleted' in one ? one : endOf(one, removed))) };
  } catch (error) {
    if (holdsForAll(error))
      return { ended: images.map((one) => ('deleted' in one ? one : undefined)), error };
    const failure = refusalOf(error);
    return {
      ended: images.map((one) =>
        'deleted' in one ? one : { id: one.id, name: one.name, deleted: false, failure },
      ),
    };
  }
}

/** Which of them were there and are deleted now. */
async function removedOf(locate: Locate, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { images } = await callApi(locate, '/v1/images/deletion', DeletionAnswer, { ids });
  return new Set(images.filter(({ status }) => status === 'removed').map(({ id }) => id));
}

function endOf(image: ResolvedImage, removed: ReadonlySet<string>): Deletion {
  const { id, name } = image;
  if (removed.has(id)) return { id, name, deleted: true };
  return { id, name, deleted: false, failure: whyNotThere(image) };
}

/** What an image or its part alone can be refused with: a bad name, a conflict, what is damaged. */
const OF_SOME: ReadonlySet<number> = new Set([400, 409, 413, 500]);

/** Whether the next image would meet it as well: no stack, a key that may not, too many requests. */
function holdsForAll(error: unknown): error is CommandError {
  return error instanceof CommandError && !(error instanceof ApiProblem && OF_SOME.has(error.status));
}
