import { Command } from 'commander';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { PassThrough, type Writable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { ExportPage } from '../../api/export/schema.ts';
import { callApi, type Locate } from '../service/client.ts';
import { makeFolder } from '../../files/make-folder.ts';
import { writeSidecars } from '../service/write-sidecars.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { withConnection } from '../terminal/options.ts';
import { CommandError } from '../terminal/command-error.ts';
import { counted } from '../terminal/counted.ts';
import { showProgress } from '../terminal/progress.ts';
import { print, tell } from '../terminal/print.ts';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';

interface ExportOptions extends ConnectionOptions {
  readonly xmp?: string;
  readonly json?: true;
}

/** `gloss export`: all words of a tenant, as `gloss import` takes them. */
export const exportCommand = withConnection(
  new Command('export')
    .description('write all words of a tenant, as JSON lines or as XMP sidecars; "gloss import" takes both')
    .argument('[file]', 'the file to write, gzipped where its name ends in .gz; - is the standard output')
    .option(
      '--xmp <folder>',
      'write an XMP sidecar for each picture into the folder instead: keywords, description, regions',
    ),
).action(async (file: string | undefined, options: ExportOptions) => {
  if ((file === undefined) === (options.xmp === undefined))
    throw new CommandError('export', 'name a file to write, or a folder by --xmp, and not both');
  const isPiped = file === '-';
  const target = options.xmp === undefined ? await linesTo(file!) : await sidecarsIn(options.xmp);
  const progress = showProgress();
  progress.phase('exported', 0);
  let documents = 0;
  const unreadable: string[] = [];
  for await (const page of exportPages(() => connect(options))) {
    await target.write(page.documents);
    documents += page.documents.length;
    unreadable.push(...(page.unreadable ?? []));
    progress.update(documents);
  }
  await target.end();
  progress.stop();
  const { left } = target;
  const written = documents - left.length;
  const say = isPiped ? tell : print;
  const place = file ?? options.xmp!;
  if (options.json)
    say(
      visibleJson({
        documents: written,
        ...(file === undefined ? { folder: place } : { file }),
        ...(left.length > 0 && { left }),
        ...(unreadable.length > 0 && { unreadable }),
      }),
    );
  else {
    for (const id of unreadable) say(`${id} cannot be read and is left out`);
    for (const { name, reason } of left) say(`${visibleText(name)} is left out: ${reason}`);
    const what = file === undefined ? counted(written, 'sidecar') : counted(written, 'document');
    say(`${what} written${isPiped ? '' : ` to ${place}`}`);
  }
  if (left.length > 0) process.exitCode = 2;
});

type Documents = ExportPage['documents'];

/** Where documents are written. */
interface Target {
  readonly write: (documents: Documents) => Promise<void>;
  readonly end: () => Promise<void>;
  /** What could not be written, and why. */
  readonly left: readonly { readonly name: string; readonly reason: string }[];
}

async function linesTo(file: string): Promise<Target> {
  const { out, written } =
    file === '-' ? { out: process.stdout as Writable, written: undefined } : await newFile(file);
  return {
    async write(documents) {
      for (const document of documents)
        if (!out.write(`${visibleJson(document)}\n`)) await once(out, 'drain');
    },
    async end() {
      if (!written) return;
      out.end();
      await written;
    },
    left: [],
  };
}

async function sidecarsIn(folder: string): Promise<Target> {
  await makeFolder(folder).catch((error: unknown) => {
    throw unwritable(folder, error, FOLDER_REASONS);
  });
  const left: Target['left'][number][] = [];
  return {
    async write(documents) {
      left.push(...(await writeSidecars(folder, documents)));
    },
    end: () => Promise.resolve(),
    left,
  };
}

async function* exportPages(locate: Locate): AsyncGenerator<ExportPage> {
  let cursor: string | undefined;
  do {
    const after = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    const page: ExportPage = await callApi(locate, `/v1/export${after}`, ExportPage);
    yield page;
    ({ cursor } = page);
  } while (cursor !== undefined);
}

/** An export is never written over. */
async function newFile(path: string): Promise<{ readonly out: Writable; readonly written: Promise<void> }> {
  const file = createWriteStream(path, { flags: 'wx' });
  await once(file, 'open').catch((error: unknown) => {
    throw unwritable(path, error);
  });
  const out = path.endsWith('.gz') ? createGzip() : new PassThrough();
  return { out, written: pipeline(out, file) };
}

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'is there already, and an export writes over nothing: name another file',
  EISDIR: 'is a folder: name a file',
  ENOENT: 'is in a folder that is not there: make the folder first',
};

const FOLDER_REASONS: typeof REASONS = {
  EEXIST: 'is a file: name a folder',
  ENOTDIR: 'is inside a file: name a folder',
};

function unwritable(file: string, cause: unknown, reasons = REASONS): CommandError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  return new CommandError('unwritable', `${file} ${reasons[code] ?? `cannot be written: ${message}`}`, {
    cause,
  });
}
