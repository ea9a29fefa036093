import { Command } from 'commander';
import { addFiles, type AddReport } from '../service/add-files.ts';
import type { ConnectionOptions } from '../service/connect.ts';
import { findFiles } from '../service/find-files.ts';
import { withConnection } from '../terminal/options.ts';
import { openSession } from '../service/session.ts';
import { print } from '../terminal/print.ts';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';

interface AddOptions extends ConnectionOptions {
  readonly wait?: true;
  readonly json?: true;
}

/** `gloss add`: photos in. */
export const addCommand = withConnection(
  new Command('add')
    .description('upload pictures and folders of pictures')
    .argument('<path...>', 'files and folders; a picture is named after its path within the folder')
    .option('--wait', 'wait until each is searchable or failed'),
).action(async (paths: string[], options: AddOptions) => {
  const files = await findFiles(paths);
  const session = await openSession(options);
  const report = await addFiles(session, files, options.wait ?? false);
  print(options.json ? visibleJson(report) : formatReport(report, options.wait ?? false));
  process.exitCode = exitCodeOf(report, options.wait ?? false);
});

/** Counts first, then each file that did not make it, with the reason. */
export function formatReport({ images, totals }: AddReport, waited: boolean): string {
  const { files, searchable, failed, notSent, pending, seconds } = totals;
  const counts = waited
    ? [`${searchable} searchable`, `${failed} failed`, ...(pending > 0 ? [`${pending} still under way`] : [])]
    : [`${pending} sent`];
  const head = `${files} files in ${seconds.toFixed(1)} s: ${[...counts, `${notSent} not sent`].join(', ')}`;
  const troubles = images
    .filter(({ failure }) => failure !== undefined)
    .map(
      ({ name, status, failure }) =>
        `  ${status === 'failed' ? 'failed' : 'not sent'}: ${visibleText(name)}: ${visibleText(failure!.reason)}`,
    );
  return [head, ...troubles].join('\n');
}

/** 0 when every file is where it was to go, else 2. */
function exitCodeOf({ totals }: AddReport, waited: boolean): number {
  const { failed, notSent, pending } = totals;
  return failed + notSent + (waited ? pending : 0) > 0 ? 2 : 0;
}
