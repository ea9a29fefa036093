import type { DocumentJson } from '../../files/read-documents.ts';

/** A sentence that was written about one image. */
export interface KnownItem {
  /** The image's name. */
  readonly id: string;
  readonly text: string;
}

/** What is indexed, and what is asked. */
interface KnownItemSet {
  readonly documents: readonly DocumentJson[];
  readonly questions: readonly KnownItem[];
}

/** Keeps the last text of each image that has several as its question. An image with one text is there to be told apart. */
export function heldOut(documents: readonly DocumentJson[]): KnownItemSet {
  const questions: KnownItem[] = [];
  const rest = documents.map((document) => {
    const { id, texts = [] } = document;
    if (texts.length < 2) return document;
    questions.push({ id, text: texts.at(-1)! });
    return { ...document, texts: texts.slice(0, -1) };
  });
  return { documents: rest, questions };
}

/** Asks for images with every text that others wrote about them. */
export function askedWith(documents: readonly DocumentJson[], others: readonly DocumentJson[]): KnownItemSet {
  const known = new Set(documents.map(({ id }) => id));
  return {
    documents,
    questions: others
      .filter(({ id }) => known.has(id))
      .flatMap(({ id, texts = [] }) => texts.map((text) => ({ id, text }))),
  };
}

/** As many of some things as are wanted, spread evenly over all of them. */
export function sampleOf<Thing>(things: readonly Thing[], wanted: number): readonly Thing[] {
  if (things.length <= wanted) return things;
  return Array.from({ length: wanted }, (_, i) => things[Math.floor((i * things.length) / wanted)]!);
}
