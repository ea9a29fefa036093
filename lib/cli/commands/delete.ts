import { Command } from 'commander';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';
import { callForNothing } from '../service/client.ts';
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

/** `gloss delete`: images out, with all that is kept of them. One that cannot be deleted does not stop the others. */
export const deleteCommand = withConnection(
  new Command('delete')
    .description('delete images with their pictures and words; nothing brings them back')
    .argument('<image...>', 'their names, or their ids as "gloss list" prints them'),
).action(async (wanted: string[], options: ConnectionOptions & { readonly json?: true }) => {
  const locate = () => connect(options);
  const images: Deletion[] = [];
  for (const one of wanted) {
    try {
      const { id, name } = await resolveImage(locate, one);
      await callForNothing(locate, `/v1/images/${id}`, 'DELETE');
      images.push({ id, name, deleted: true });
    } catch (error) {
      images.push({ id: one, deleted: false, failure: refusalOf(error) });
    }
  }
  if (options.json) print(visibleJson({ images }));
  else
    for (const { id, name = id, failure } of images)
      print(visibleText(failure ? `not deleted: ${failure.reason}` : `${name} deleted`));
  process.exitCode = images.every(({ deleted }) => deleted) ? 0 : 2;
});
