import { Command } from 'commander';
import { addFiles, type AddReport } from '../service/add-files.ts';
import type { ConnectionOptions } from '../service/connect.ts';
import { findFiles } from '../service/find-files.ts';
import { withConnection } from '../terminal/options.ts';
import { openSession } from '../service/session.ts';
import { counted } from '../terminal/counted.ts';
import type { Refusal } from '../service/send-in-parts.ts';
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
export function formatReport({ images, totals, stopped }: AddReport, waited: boolean): string {
  const { files, searchable, failed, notSent, pending, seconds } = totals;
  const counts = waited
    ? [`${searchable} searchable`, `${failed} failed`, ...(pending > 0 ? [`${pending} still under way`] : [])]
    : [`${pending} sent`];
  const head = `${counted(files, 'file')} in ${seconds.toFixed(1)} s: ${[...counts, `${notSent} not sent`].join(', ')}`;
  const troubles = images
    .filter(({ failure }) => failure !== undefined && failure !== stopped)
    .map(
      ({ name, status, failure }) =>
        `  ${status === 'failed' ? 'failed' : 'not sent'}: ${visibleText(name)}: ${visibleText(failure!.reason)}`,
    );
  return [head, ...troubles, ...(stopped ? whyStopped(images, stopped) : [])].join('\n');
}

function whyStopped(images: AddReport['images'], stopped: Refusal): string[] {
  const first = images.find(({ failure }) => failure === stopped);
  return [
    `stopped: ${visibleText(stopped.reason)}`,
    first
      ? `What was sent stays. The first that was not sent is ${visibleText(first.name)}: add it and what follows when the cause is gone.`
      : 'All was sent and stays.',
  ];
}

/** 0 when every file is where it was to go, 1 when it ended before, else 2. */
function exitCodeOf({ totals, stopped }: AddReport, waited: boolean): number {
  if (stopped) return 1;
  const { failed, notSent, pending } = totals;
  return failed + notSent + (waited ? pending : 0) > 0 ? 2 : 0;
}
