import type { z } from 'zod';
import { DocumentsBody } from '../api/documents/schema.ts';
import { readBySchema } from '../api/read-by-schema.ts';
import { readLines } from './read-lines.ts';

/** One document, made of all lines with its id. */
export interface LocalDocument {
  readonly lines: readonly number[];
  readonly document: DocumentJson;
}

/** What the API takes. */
export type DocumentJson = z.infer<typeof DocumentsBody>['documents'][number];

/** A line that is left out, and why. */
interface BadLine {
  readonly line: number;
  readonly reason: string;
}

interface ReadDocuments {
  readonly documents: readonly LocalDocument[];
  readonly bad: readonly BadLine[];
  /** Lines that are read, and that POST /v1/documents would refuse: with a field that it does not know, or with an id of before. */
  readonly doubtful: readonly BadLine[];
}

const OneDocument = DocumentsBody.shape.documents.element;
const FIELDS = Object.keys(OneDocument.shape);

/**
 * Reads JSON lines, gzipped or plain. Lines with one id are one document, wherever they stand: their words are
 * joined in the order of the lines. Fields that are not of a document are left out.
 * @throws GlossError `invalid` when the file cannot be read to its end.
 */
export async function readDocuments(path: string): Promise<ReadDocuments> {
  const byId = new Map<string, { lines: number[]; document: DocumentJson }>();
  const bad: BadLine[] = [];
  const doubtful: BadLine[] = [];
  let number = 0;
  for await (const line of readLines(path)) {
    number += 1;
    if (line.trim() === '') continue;
    const parsed = parseLine(line);
    if (typeof parsed === 'string') {
      bad.push({ line: number, reason: parsed });
      continue;
    }
    for (const field of unknownFields(line))
      doubtful.push({ line: number, reason: `there is no field ${field}` });
    const known = byId.get(parsed.id);
    if (known) {
      doubtful.push({ line: number, reason: `${parsed.id} is the id of line ${known.lines[0]!}, too` });
      known.lines.push(number);
      if (known.document.gloss ?? parsed.gloss)
        bad.push({ line: number, reason: `${parsed.id} is there twice` });
      else known.document = join(known.document, parsed);
    } else {
      byId.set(parsed.id, { lines: [number], document: parsed });
    }
  }
  return { documents: [...byId.values()], bad, doubtful };
}

/** The document of one line, checked as the API checks it, or what is wrong with it. */
export function parseLine(line: string): DocumentJson | string {
  let json: unknown;
  try {
    json = jsonOf(line);
  } catch {
    return 'is no JSON';
  }
  const read = readBySchema(OneDocument, withoutUnknown(json), { part: 'field', whole: 'the document' });
  return 'value' in read
    ? read.value
    : [read.mistake, ...read.others].map(({ sentence }) => sentence).join('; ');
}

const jsonOf = (line: string): unknown => JSON.parse(line.trim()); // trim takes a byte order mark, too
const isObject = (json: unknown): json is object =>
  typeof json === 'object' && json !== null && !Array.isArray(json);
const withoutUnknown = (json: unknown): unknown =>
  isObject(json) ? Object.fromEntries(Object.entries(json).filter(([name]) => FIELDS.includes(name))) : json;
const unknownFields = (line: string): string[] =>
  Object.keys(jsonOf(line) as object).filter((name) => !FIELDS.includes(name));

function join(one: DocumentJson, other: DocumentJson): DocumentJson {
  const both = (field: 'tags' | 'captions' | 'texts') =>
    one[field] || other[field] ? { [field]: [...(one[field] ?? []), ...(other[field] ?? [])] } : {};
  const file = one.file ?? other.file;
  return { id: one.id, ...both('tags'), ...both('captions'), ...both('texts'), ...(file && { file }) };
}
