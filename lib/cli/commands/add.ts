import { Command, Option } from 'commander';
import { ON_EXISTING, type OnExisting } from '../../domain/on-existing.ts';
import { addFiles, type AddReport } from '../service/add-files.ts';
import type { ConnectionOptions } from '../service/connect.ts';
import { findFiles, type PassedOver } from '../service/find-files.ts';
import { withConnection } from '../terminal/options.ts';
import { openSession } from '../service/session.ts';
import { counted } from '../terminal/counted.ts';
import type { Refusal } from '../service/send-in-parts.ts';
import { print } from '../terminal/print.ts';
import { waitingText } from '../terminal/waiting-text.ts';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';

interface AddOptions extends ConnectionOptions {
  readonly onExisting: OnExisting;
  readonly wait?: true;
  readonly json?: true;
}

/** `gloss add`: photos in. */
export const addCommand = withConnection(
  new Command('add')
    .description('upload pictures and folders of pictures; what is there unchanged is not sent again')
    .argument('<path...>', 'files and folders; a picture is named after its path from the folder on')
    .addOption(
      new Option('--on-existing <what>', 'what to do with a name that another picture has')
        .choices(ON_EXISTING)
        .default('keep-both'),
    )
    .option('--wait', 'wait until each is searchable or failed'),
).action(async (paths: string[], options: AddOptions) => {
  const { onExisting, wait = false } = options;
  const found = await findFiles(paths);
  const session = await openSession(options);
  const report = await addFiles(session, found, { onExisting, wait });
  print(options.json ? visibleJson(report) : formatReport(report, wait));
  process.exitCode = exitCodeOf(report, wait);
});

/** Files of one kind that are named; the rest is counted. */
const SHOWN = 20;
const SHOWN_OF_A_REASON = 3;

/** Counts first, then each file that did not make it, has another name or was read in part, and what was passed over, with the reason. */
export function formatReport({ images, passedOver, totals, stopped }: AddReport, waited: boolean): string {
  const { files, sent, unchanged, describedAgain, skipped, notSent, seconds } = totals;
  const { searchable, failed, waiting, pending } = totals;
  const counts = [
    `${sent} sent`,
    ...(unchanged > 0 ? [`${unchanged} there unchanged`] : []),
    ...(describedAgain > 0
      ? [`${describedAgain} of these described again, since what was known of it was lost`]
      : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(notSent > 0 ? [`${notSent} not sent`] : []),
  ];
  const states = [
    `${searchable} searchable`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
    ...(pending > 0 ? [`${pending} still under way`] : []),
  ];
  const head = `${counted(files, 'file')} in ${seconds.toFixed(1)} s: ${counts.join(', ')}`;
  const troubles = images
    .filter(({ failure }) => failure !== undefined && failure !== stopped)
    .map(
      ({ name, status, failure }) =>
        `  ${status === 'failed' ? 'failed' : 'not sent'}: ${visibleText(name)}: ${visibleText(failure!.reason)}`,
    );
  return [
    waited ? `${head}; ${states.join(', ')}` : head,
    ...shown(
      images.flatMap(({ offeredAs, name, path }) =>
        offeredAs === undefined
          ? []
          : [`  kept beside another ${visibleText(offeredAs)}: ${visibleText(path)} as ${visibleText(name)}`],
      ),
    ),
    ...shown(
      images
        .filter(({ status }) => status === 'skipped')
        .map(
          ({ name, path, why = `another picture is ${name}` }) =>
            `  skipped: ${visibleText(path)}: ${visibleText(why)}`,
        ),
    ),
    ...linesOfNotes(images),
    ...troubles,
    ...linesOfWaiting(images),
    ...linesOfPassedOver(passedOver),
    ...(stopped ? whyStopped(images, stopped) : []),
  ].join('\n');
}

const shown = (lines: readonly string[]): string[] =>
  lines.length <= SHOWN ? [...lines] : [...lines.slice(0, SHOWN), `  and ${lines.length - SHOWN} more`];

/** Those that were read in part, by what was not read: many of one kind hide none of another. */
function linesOfNotes(images: AddReport['images']): string[] {
  const noted = images.flatMap(({ name, notes = [] }) => notes.map(({ text }) => ({ name, text })));
  return [...new Set(noted.map(({ text }) => text))].flatMap((text) =>
    shown(
      noted
        .filter((one) => one.text === text)
        .map(({ name }) => `  read in part: ${visibleText(name)}: ${visibleText(text)}`),
    ),
  );
}

/** Why some wait, once for each reason: nothing is to be done. */
function linesOfWaiting(images: AddReport['images']): string[] {
  const waits = images.flatMap(({ waiting }) => waiting ?? []);
  return [...new Set(waits.map(({ reason }) => reason))].map((reason) =>
    visibleText(`  ${waitingText(waits.find((one) => one.reason === reason)!)}`),
  );
}

/** By reason, with some examples. */
function linesOfPassedOver(passedOver: readonly PassedOver[]): string[] {
  // Node.js 20 has no Map.groupBy.
  const reasons = [...new Set(passedOver.map(({ why }) => why))];
  return reasons.map((why) => {
    const ones = passedOver.filter((one) => one.why === why);
    const examples = ones.slice(0, SHOWN_OF_A_REASON).map(({ path }) => path);
    const more = ones.length > examples.length ? ', …' : '';
    return visibleText(`  passed over, ${why} (${ones.length}): ${examples.join(', ')}${more}`);
  });
}

function whyStopped(images: AddReport['images'], stopped: Refusal): string[] {
  const first = images.find(({ failure }) => failure === stopped);
  return [
    `stopped: ${visibleText(stopped.reason)}`,
    first
      ? `What was sent stays. The first that was not sent is ${visibleText(first.name)}: add the same again when the cause is gone, and only the rest is sent.`
      : 'All was sent and stays.',
  ];
}

/** 0 when every file is where it was to go, or goes there by itself; 1 when it ended before, else 2. */
function exitCodeOf({ totals, stopped }: AddReport, waited: boolean): number {
  if (stopped) return 1;
  const { failed, notSent, pending } = totals;
  return failed + notSent + (waited ? pending : 0) > 0 ? 2 : 0;
}
