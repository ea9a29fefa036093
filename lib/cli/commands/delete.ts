import { Command } from 'commander';
import { DeletionAnswer } from '../../api/images/image.ts';
import { partsOf } from '../../domain/parts-of.ts';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';
import { ApiProblem, callApi, type Locate } from '../service/client.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { resolveImage, type ResolvedImage } from '../service/resolve-image.ts';
import { refusalOf, type Refusal } from '../service/send-in-parts.ts';
import { CommandError } from '../terminal/command-error.ts';
import { counted } from '../terminal/counted.ts';
import { withConnection } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';

interface Deletion {
  /** As it was asked for, where there is none. */
  readonly id: string;
  readonly name?: string;
  readonly deleted: boolean;
  readonly failure?: Refusal;
}

interface DeleteReport {
  /** In the order asked. */
  readonly images: readonly Deletion[];
  /** Why the command ended before all was done; what it deleted stays deleted. */
  readonly stopped?: Refusal;
}

/** As many as the API takes at once. */
const AT_ONCE = 100;
const NOT_THERE = 'image_not_found';

/** `gloss delete`: images out, with all that is kept of them. One that cannot be deleted does not stop the others. */
export const deleteCommand = withConnection(
  new Command('delete')
    .description('delete images with their pictures and words; nothing brings them back')
    .argument('<image...>', 'their names, or their ids as "gloss list" prints them'),
).action(async (wanted: string[], options: ConnectionOptions & { readonly json?: true }) => {
  const report = await deleteAll(() => connect(options), wanted);
  print(options.json ? visibleJson(report) : linesOf(report).join('\n'));
  process.exitCode = exitCodeOf(report);
});

function linesOf({ images, stopped }: DeleteReport): string[] {
  const lines = images
    .filter(({ failure }) => stopped === undefined || failure !== stopped)
    .map(({ id, name = id, failure }) => (failure ? whyNotDeleted(name, failure) : `${name} deleted`));
  if (stopped) {
    const rest = images.filter(({ failure }) => failure === stopped);
    lines.push(
      `stopped: ${stopped.reason}`,
      `${counted(rest.length, 'image')} not deleted. The first of them is ${rest[0]!.id}: delete from there on when the cause is gone.`,
    );
  }
  return lines.map(visibleText);
}

/** Of what is not there, the reason has the name. */
const whyNotDeleted = (name: string, { code, reason }: Refusal): string =>
  `not deleted: ${code === NOT_THERE ? reason : `${name}: ${reason}`}`;

/** 0 when all are deleted, 1 when it ended before, else 2. */
function exitCodeOf({ images, stopped }: DeleteReport): number {
  if (stopped) return 1;
  return images.every(({ deleted }) => deleted) ? 0 : 2;
}

/**
 * Deletes part by part, until a reason is met that holds for all.
 * @throws CommandError that reason, when nothing was deleted or refused before it
 */
async function deleteAll(locate: Locate, wanted: readonly string[]): Promise<DeleteReport> {
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
  const found: (ResolvedImage | Deletion)[] = [];
  const refused = () => found.map((one) => ('deleted' in one ? one : undefined));
  for (const one of wanted) {
    try {
      found.push(await resolveImage(locate, one));
    } catch (error) {
      if (holdsForAll(error)) return { ended: refused(), error };
      found.push({ id: one, deleted: false, failure: refusalOf(error) });
    }
  }
  const ids = found.flatMap((one) => ('deleted' in one ? [] : [one.id]));
  if (ids.length === 0) return { ended: refused() };
  let removed: ReadonlySet<string> = new Set();
  let failure: Refusal | undefined;
  try {
    const { images } = await callApi(locate, '/v1/images/deletion', DeletionAnswer, { ids });
    removed = new Set(images.filter(({ status }) => status === 'removed').map(({ id }) => id));
  } catch (error) {
    if (holdsForAll(error)) return { ended: refused(), error };
    failure = refusalOf(error);
  }
  return {
    ended: found.map((one) => {
      if ('deleted' in one) return one;
      const { id, name } = one;
      if (removed.has(id)) return { id, name, deleted: true };
      const unknown = { code: NOT_THERE, reason: `${name} is not there` };
      return { id, name, deleted: false, failure: failure ?? unknown };
    }),
  };
}

/** What an image or its part alone can be refused with: a bad name, a conflict, what is damaged. */
const OF_SOME: ReadonlySet<number> = new Set([400, 409, 413, 500]);

/** Whether the next image would meet it as well: no stack, a key that may not, too many requests. */
function holdsForAll(error: unknown): error is CommandError {
  if (error instanceof ApiProblem) return !OF_SOME.has(error.status);
  return error instanceof CommandError && error.code !== NOT_THERE;
}
