import { S3Error } from './s3-error.ts';

/** S3 reads no more than this before the file. */
const MAX_FIELDS_BYTES = 20 * 1024;

/** A form as browsers post it, read as far as the file. */
export interface Form {
  /** The fields before the file, names in lower case; what comes after it is left unread, as by S3. */
  readonly fields: ReadonlyMap<string, string>;
  /** As the browser calls the file. */
  readonly fileName: string;
  readonly file: AsyncIterable<Buffer>;
}

/**
 * Reads a body of type multipart/form-data (RFC 7578) piece by piece: the fields, and then the part named `file`.
 * @throws S3Error for what is no form, or a form without a file
 */
export async function readForm(contentType: string, body: AsyncIterable<Buffer>): Promise<Form> {
  const [, quoted, plain] =
    /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) {
    throw new S3Error(
      'PreconditionFailed',
      'Bucket POST must be of the enclosure-type multipart/form-data, with a boundary',
    );
  }
  const reader = readerOf(body);
  const mark = Buffer.from(`\r\n--${boundary}`);
  let room = MAX_FIELDS_BYTES;
  const textUpTo = async (end: Buffer): Promise<string> => {
    const pieces: Buffer[] = [];
    for await (const piece of reader.upTo(end)) {
      room -= piece.length;
      if (room < 0) {
        throw new S3Error(
          'MaxPostPreDataLengthExceeded',
          'Your POST request fields preceding the upload file were too large.',
        );
      }
      pieces.push(piece);
    }
    return Buffer.concat(pieces).toString();
  };

  await textUpTo(mark);
  const fields = new Map<string, string>();
  for (;;) {
    const start = await reader.take(2);
    if (start === '--')
      throw new S3Error('InvalidArgument', 'POST requires exactly one file upload per request.');
    if (start !== '\r\n') throw malformed();
    const head = await textUpTo(Buffer.from('\r\n\r\n'));
    const [, parameters] = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head) ?? [];
    const name = parameterOf('name', parameters)?.toLowerCase();
    if (name === undefined || fields.has(name)) throw malformed();
    if (name === 'file')
      return { fields, fileName: parameterOf('filename', parameters) ?? '', file: reader.upTo(mark) };
    fields.set(name, await textUpTo(mark));
  }
}

/** A parameter in quotes; browsers write quotes and line ends within it as percent escapes. */
function parameterOf(name: string, parameters = ''): string | undefined {
  const [, value] = new RegExp(`(?:^|;)\\s*${name}="([^"]*)"`, 'i').exec(parameters) ?? [];
  return value?.replace(/%(22|0D|0A)/gi, decodeURIComponent);
}

/** Reads a stream, whose pieces end anywhere, up to marks. */
function readerOf(body: AsyncIterable<Buffer>) {
  const pieces = body[Symbol.asyncIterator]();
  // The first boundary has no line before it.
  let rest: Buffer = Buffer.from('\r\n');

  async function readOn(): Promise<void> {
    const piece = await pieces.next();
    if (piece.done) throw malformed();
    rest = Buffer.concat([rest, piece.value]);
  }

  return {
    /** What stands before a mark, which is read over. */
    async *upTo(mark: Buffer): AsyncGenerator<Buffer> {
      for (;;) {
        const at = rest.indexOf(mark);
        // The end of what is here may be the beginning of the mark.
        const length = at < 0 ? Math.max(0, rest.length - mark.length + 1) : at;
        const bytes = rest.subarray(0, length);
        rest = rest.subarray(at < 0 ? length : length + mark.length);
        if (length > 0) yield bytes;
        if (at >= 0) return;
        await readOn();
      }
    },
    async take(length: number): Promise<string> {
      while (rest.length < length) await readOn();
      const text = rest.toString('latin1', 0, length);
      rest = rest.subarray(length);
      return text;
    },
  };
}

const malformed = () =>
  new S3Error(
    'MalformedPOSTRequest',
    'The body of your POST request is not well-formed multipart/form-data.',
  );
