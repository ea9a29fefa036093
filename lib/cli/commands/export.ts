import { Command } from 'commander';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { PassThrough, type Writable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { ExportPage } from '../../api/export/schema.ts';
import { callApi } from '../service/client.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { withConnection } from '../terminal/options.ts';
import { CommandError } from '../terminal/command-error.ts';
import { counted } from '../terminal/counted.ts';
import { showProgress } from '../terminal/progress.ts';
import { print, tell } from '../terminal/print.ts';
import { visibleJson } from '../../domain/visible-text.ts';

/** `gloss export`: all words of a tenant, as `gloss import` takes them. */
export const exportCommand = withConnection(
  new Command('export')
    .description('write all words of a tenant as JSON lines that "gloss import" takes')
    .argument('<file>', 'the file to write, gzipped where its name ends in .gz; - is the standard output'),
).action(async (file: string, options: ConnectionOptions & { readonly json?: true }) => {
  const locate = () => connect(options);
  const isPiped = file === '-';
  const { out, written } = isPiped
    ? { out: process.stdout as Writable, written: undefined }
    : await newFile(file);
  const progress = showProgress();
  progress.phase('exported', 0);
  let documents = 0;
  const unreadable: string[] = [];
  let cursor: string | undefined;
  do {
    const after = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    const page: ExportPage = await callApi(locate, `/v1/export${after}`, ExportPage);
    for (const document of page.documents) {
      if (!out.write(`${visibleJson(document)}\n`)) await once(out, 'drain');
    }
    documents += page.documents.length;
    unreadable.push(...(page.unreadable ?? []));
    progress.update(documents);
    cursor = page.cursor;
  } while (cursor !== undefined);
  if (written) {
    out.end();
    await written;
  }
  progress.stop();
  const say = isPiped ? tell : print;
  if (options.json) say(visibleJson({ documents, file, ...(unreadable.length > 0 && { unreadable }) }));
  else {
    for (const id of unreadable) say(`${id} cannot be read and is left out`);
    say(`${counted(documents, 'document')} written${isPiped ? '' : ` to ${file}`}`);
  }
});

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

function unwritable(file: string, cause: unknown): CommandError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  return new CommandError('unwritable', `${file} ${REASONS[code] ?? `cannot be written: ${message}`}`, {
    cause,
  });
}
