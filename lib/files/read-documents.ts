import { z } from 'zod';
import { DocumentsBody } from '../api/documents/schema.ts';
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
}

/** What counts of a line; the rest of its fields is ignored. */
const Line = z.object({
  id: z.string(),
  tags: z.unknown().optional(),
  captions: z.unknown().optional(),
  texts: z.unknown().optional(),
  gloss: z.unknown().optional(),
});
const OneDocument = DocumentsBody.shape.documents.element;

/**
 * Reads JSON lines, gzipped or plain. Lines with one id are one document, wherever they stand: their words are
 * joined in the order of the lines.
 * @throws GlossError `invalid` when the file cannot be read to its end.
 */
export async function readDocuments(path: string): Promise<ReadDocuments> {
  const byId = new Map<string, { lines: number[]; document: DocumentJson }>();
  const bad: BadLine[] = [];
  let number = 0;
  for await (const line of readLines(path)) {
    number += 1;
    if (line.trim() === '') continue;
    const parsed = parseLine(line);
    if (typeof parsed === 'string') {
      bad.push({ line: number, reason: parsed });
      continue;
    }
    const known = byId.get(parsed.id);
    if (known) {
      known.lines.push(number);
      if (known.document.gloss ?? parsed.gloss)
        bad.push({ line: number, reason: `${parsed.id} is there twice` });
      else known.document = join(known.document, parsed);
    } else {
      byId.set(parsed.id, { lines: [number], document: parsed });
    }
  }
  return { documents: [...byId.values()], bad };
}

/** The document of one line, checked as the API checks it, or what is wrong with it. */
export function parseLine(line: string): DocumentJson | string {
  let json: unknown;
  try {
    json = JSON.parse(line.trim()); // trim takes a byte order mark, too
  } catch {
    return 'is no JSON';
  }
  const picked = Line.safeParse(json);
  const parsed = picked.success ? OneDocument.safeParse(picked.data) : picked;
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return [issue!.path.join('.'), issue!.message].filter((part) => part !== '').join(': ');
}

function join(one: DocumentJson, other: DocumentJson): DocumentJson {
  const both = (field: 'tags' | 'captions' | 'texts') =>
    one[field] || other[field] ? { [field]: [...(one[field] ?? []), ...(other[field] ?? [])] } : {};
  return { id: one.id, ...both('tags'), ...both('captions'), ...both('texts') };
}
