import { Command } from 'commander';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';
import { callForNothing } from '../service/client.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { refusalOf, type Refusal } from '../service/send-in-parts.ts';
import { withConnection } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';

interface Deletion {
  readonly id: string;
  readonly deleted: boolean;
  readonly failure?: Refusal;
}

/** `gloss delete`: images out, with all that is kept of them. One that cannot be deleted does not stop the others. */
export const deleteCommand = withConnection(
  new Command('delete')
    .description('delete images with their pictures and words; nothing brings them back')
    .argument('<id...>', 'as "gloss images" lists them'),
).action(async (ids: string[], options: ConnectionOptions & { readonly json?: true }) => {
  const images: Deletion[] = [];
  for (const id of ids) {
    try {
      await callForNothing(() => connect(options), `/v1/images/${encodeURIComponent(id)}`, 'DELETE');
      images.push({ id, deleted: true });
    } catch (error) {
      images.push({ id, deleted: false, failure: refusalOf(error) });
    }
  }
  if (options.json) print(visibleJson({ images }));
  else
    for (const { id, failure } of images)
      print(visibleText(failure ? `${id} not deleted: ${failure.reason}` : `${id} deleted`));
  process.exitCode = images.every(({ deleted }) => deleted) ? 0 : 2;
});
