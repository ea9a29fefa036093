import { Command } from 'commander';
import { DeletionAnswer } from '../../api/images/image.ts';
import { partsOf } from '../../domain/parts-of.ts';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';
import { callApi, type Locate } from '../service/client.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { resolveImage } from '../service/resolve-image.ts';
import { refusalOf, type Refusal } from '../service/send-in-parts.ts';
import { withConnection } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';

interface Deletion {
  /** As it was asked for, where there is none. */
  readonly id: string;
  readonly name?: string;
  readonly deleted: boolean;
  readonly failure?: Refusal;
}

/** As many as the API takes at once. */
const AT_ONCE = 100;

/** `gloss delete`: images out, with all that is kept of them. One that cannot be deleted does not stop the others. */
export const deleteCommand = withConnection(
  new Command('delete')
    .description('delete images with their pictures and words; nothing brings them back')
    .argument('<image...>', 'their names, or their ids as "gloss list" prints them'),
).action(async (wanted: string[], options: ConnectionOptions & { readonly json?: true }) => {
  const locate = () => connect(options);
  const images: Deletion[] = [];
  for (const part of partsOf(wanted, AT_ONCE)) images.push(...(await deleteSome(locate, part)));
  if (options.json) print(visibleJson({ images }));
  else
    for (const { id, name = id, failure } of images)
      print(visibleText(failure ? `not deleted: ${failure.reason}` : `${name} deleted`));
  process.exitCode = images.every(({ deleted }) => deleted) ? 0 : 2;
});

/** In the order asked. */
async function deleteSome(locate: Locate, wanted: readonly string[]): Promise<Deletion[]> {
  const found: Deletion[] = [];
  for (const one of wanted) {
    try {
      found.push({ ...(await resolveImage(locate, one)), deleted: true });
    } catch (error) {
      found.push({ id: one, deleted: false, failure: refusalOf(error) });
    }
  }
  const ids = found.filter(({ deleted }) => deleted).map(({ id }) => id);
  if (ids.length === 0) return found;
  let removed: ReadonlySet<string> = new Set();
  let failure: Refusal | undefined;
  try {
    const { images } = await callApi(locate, '/v1/images/deletion', DeletionAnswer, { ids });
    removed = new Set(images.filter(({ status }) => status === 'removed').map(({ id }) => id));
  } catch (error) {
    failure = refusalOf(error);
  }
  return found.map(({ id, name, ...one }) => {
    if (!one.deleted) return { id, ...one };
    const named = name === undefined ? { id } : { id, name };
    if (removed.has(id)) return { ...named, deleted: true };
    const unknown = { code: 'image_not_found', reason: `${name ?? id} is not there` };
    return { ...named, deleted: false, failure: failure ?? unknown };
  });
}
