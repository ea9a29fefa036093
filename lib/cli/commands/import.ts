import { Command } from 'commander';
import { CommandError } from '../terminal/command-error.ts';
import type { ConnectionOptions } from '../service/connect.ts';
import { sendDocuments } from '../service/import-documents.ts';
import { withConnection } from '../terminal/options.ts';
import { readDocuments } from '../../files/read-documents.ts';
import { mayHoldSidecars, readSidecars } from '../../files/read-sidecars.ts';
import { picturesAmong } from '../service/pictures-among.ts';
import { openSession } from '../service/session.ts';
import { counted } from '../terminal/counted.ts';
import { print } from '../terminal/print.ts';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';

interface ImportOptions extends ConnectionOptions {
  readonly wait?: true;
  readonly overPictures?: true;
  readonly json?: true;
}

/** `gloss import`: words that exist already. */
export const importCommand = withConnection(
  new Command('import')
    .description('import documents whose words exist already; each takes the place of the image of its id')
    .argument(
      '<file>',
      'XMP sidecars (one, or a folder of them), or JSON lines {id, texts} or {id, tags, captions}, with or without a file {takenAt, keywords, …}, gzipped or plain; - is the standard input',
    )
    .option('--over-pictures', 'also take the place of pictures, which are shown no more then')
    .option('--wait', 'wait until all are searchable'),
).action(async (file: string, options: ImportOptions) => {
  const isOfSidecars = await mayHoldSidecars(file);
  const { documents, bad, doubtful } = isOfSidecars ? await sidecarsOf(file) : await readDocuments(file);
  if (doubtful.length > 0) throw doubtfulFile(file, doubtful, bad);
  if (documents.length === 0) {
    const why = bad.length === 0 ? ': it is empty' : '';
    const error = new CommandError(
      'no_documents',
      isOfSidecars
        ? `${file} holds no XMP sidecars with words: name a file, or a folder that has some`
        : `${file === '-' ? 'the standard input' : file} holds no documents${why}: write JSON lines {"id", "texts"}`,
    );
    error.hint = isOfSidecars ? bad.map(badText).join('\n') : linesText(bad);
    throw error;
  }
  const session = await openSession(options);
  const pictures = options.overPictures
    ? []
    : await picturesAmong(
        session,
        documents.map(({ document }) => document.id),
      );
  if (pictures.length > 0) throw overPictures(file, pictures);
  const report = await sendDocuments(session, documents, options.wait ?? false);
  const { imported, searchable, refused, notSent, stopped, firstNotSentLine } = report;
  if (options.json) {
    print(visibleJson({ documents: documents.length, ...report, badLines: bad }));
  } else {
    print(
      `${imported} of ${counted(documents.length, 'document')} imported${options.wait ? `, ${searchable} searchable` : ''}${notSent > 0 ? `, ${notSent} not sent` : ''}`,
    );
    for (const one of bad) print(`  skipped: ${badText(one)}`);
    for (const { id, lines, reason } of refused)
      print(
        `  refused: ${visibleText(id)}${isOfSidecars ? '' : ` (line ${lines.join(', ')})`}: ${visibleText(reason)}`,
      );
    if (stopped) print(`stopped: ${visibleText(stopped.reason)}`);
    if (firstNotSentLine !== undefined && isOfSidecars)
      print('What was imported stays. Import the folder again when the cause is gone.');
    else if (firstNotSentLine !== undefined)
      print(
        `What was imported stays. Import the file from line ${firstNotSentLine} on when the cause is gone.`,
      );
  }
  const unfinished = options.wait ? imported - searchable : 0;
  const isWhole = bad.length + refused.length + unfinished === 0;
  process.exitCode = stopped ? 1 : isWhole ? 0 : 2;
});

/** Sidecars as lines of a file: each is one. */
async function sidecarsOf(path: string) {
  const { documents, bad } = await readSidecars(path);
  return {
    documents: documents.map((document, i) => ({ document, lines: [i + 1] })),
    bad: bad.map((one, i) => ({ line: i + 1, ...one })),
    doubtful: [],
  };
}

const badText = ({ line, reason, path }: ToldLine & { readonly path?: string }): string =>
  `${path === undefined ? `line ${line}` : visibleText(path)}: ${visibleText(reason)}`;

/** Whoever imports what was exported would lose the pictures. */
function overPictures(file: string, [first, ...others]: readonly string[]): CommandError {
  const count = counted(others.length + 1, 'document');
  const error = new CommandError(
    'over_pictures',
    `nothing was sent: ${count} of ${file} would take the place of a picture, which is shown no more then, as of ${first!}`,
  );
  error.hint = 'add --over-pictures to have that, or give the documents other ids';
  return error;
}

const SHOWN_LINES = 20;

type ToldLine = { readonly line: number; readonly reason: string };

/** Nothing is sent of a file that would be taken otherwise than it says. All that is wrong with it is told at once. */
function doubtfulFile(file: string, doubtful: readonly ToldLine[], bad: readonly ToldLine[]) {
  const lines = [...doubtful, ...bad].sort((a, b) => a.line - b.line);
  const error = new CommandError(
    'doubtful_lines',
    `nothing was sent: ${file} has ${doubtful.length === 1 ? 'a line' : `${doubtful.length} lines`} with an unknown field or an id of an earlier line; correct the file`,
  );
  error.hint = linesText(lines);
  return error;
}

function linesText(lines: readonly ToldLine[]): string {
  const runs = runsOf(lines);
  const more = runs.slice(SHOWN_LINES).reduce((sum, { from, to }) => sum + to - from + 1, 0);
  return [
    ...runs
      .slice(0, SHOWN_LINES)
      .map(
        ({ from, to, reason }) =>
          `  ${from === to ? `line ${from}` : `lines ${from} to ${to}`}: ${visibleText(reason)}`,
      ),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
}

interface Run {
  readonly from: number;
  readonly reason: string;
  to: number;
}

/** Lines that follow each other and have the same reason, as of a file that is no text at all. */
function runsOf(lines: readonly ToldLine[]): Run[] {
  const runs: Run[] = [];
  for (const { line, reason } of lines) {
    const last = runs.at(-1);
    if (last?.to === line - 1 && last.reason === reason) last.to = line;
    else runs.push({ from: line, to: line, reason });
  }
  return runs;
}
