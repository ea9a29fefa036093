import type { FileWords } from '../domain/gloss.ts';
import type { FileField } from './file-fields.ts';
import { isTellingWord, textsOfName } from './file-name.ts';

interface Place {
  readonly start: number;
  readonly end: number;
}

/** A text to be analysed of what a file says of itself. */
export interface FileText {
  readonly field: FileField;
  /** Which of several of the field. */
  readonly index: number;
  /** As the file has it. */
  readonly source: string;
  /** As it is analysed. */
  readonly text: string;
  /** The place in the source of a place in the text. */
  readonly placeOf: (place: Place) => Place;
  /** Whether a word of the text gets a term. @param word as the source has it */
  readonly tells: (word: string) => boolean;
}

/** The texts of a file that are searched, in a fixed order. */
export const fileTexts = ({
  name = '',
  keywords = [],
  title = '',
  description = '',
}: FileWords = {}): FileText[] => [
  ...textsOfName(name).map((read): FileText => ({
    field: 'name',
    index: 0,
    source: name,
    tells: isTellingWord,
    ...read,
  })),
  ...keywords.map((keyword, i) => asWritten('keyword', i, keyword)),
  ...(title === '' ? [] : [asWritten('title', 0, title)]),
  ...(description === '' ? [] : [asWritten('description', 0, description)]),
];

const asWritten = (field: FileField, index: number, text: string): FileText => ({
  field,
  index,
  source: text,
  text,
  placeOf: (place) => place,
  tells: () => true,
});

/** Views of which a mention counts at most: pictures have up to five, imported documents as many as they have texts. */
const MOST_VIEWS = 5;

/**
 * How often a term counts that is in a field of a file, beside what the views say. A person's keyword or title outranks the model's words: it
 * counts once more than if every view had it as a tag and in its caption. A description counts as if every caption had it.
 */
export function timesSaid(field: FileField, views: number): number {
  const all = Math.max(1, Math.min(MOST_VIEWS, views));
  return { name: 0, keyword: 2 * all + 1, title: 2 * all + 1, description: all }[field];
}
