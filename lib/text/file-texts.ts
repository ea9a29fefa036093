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
export const fileTexts = ({ name = '' }: FileWords = {}): FileText[] =>
  textsOfName(name).map((read) => ({ field: 'name', index: 0, source: name, tells: isTellingWord, ...read }));
