import { Command } from 'commander';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { deleteImages, type DeleteReport } from '../service/delete-images.ts';
import { NOT_FOUND } from '../service/resolve-image.ts';
import type { Refusal } from '../service/send-in-parts.ts';
import { counted } from '../terminal/counted.ts';
import { withConnection } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';

/** `gloss delete`: images out, with all that is kept of them. One that cannot be deleted does not stop the others. */
export const deleteCommand = withConnection(
  new Command('delete')
    .description('delete images with their pictures and words; nothing brings them back')
    .argument('<image...>', 'their names, or their ids as "gloss list" prints them'),
).action(async (wanted: string[], options: ConnectionOptions & { readonly json?: true }) => {
  const report = await deleteImages(() => connect(options), wanted);
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
  `not deleted: ${code === NOT_FOUND ? reason : `${name}: ${reason}`}`;

/** 0 when all are deleted, 1 when it ended before, else 2. */
function exitCodeOf({ images, stopped }: DeleteReport): number {
  if (stopped) return 1;
  return images.every(({ deleted }) => deleted) ? 0 : 2;
}
