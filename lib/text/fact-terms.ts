import type { FileWords } from '../domain/gloss.ts';
import type { Analyzer } from './analyzer.ts';

/** `@` is no letter, so no word of a text is spelled so. */
const FACT = '@';

/** Whether a term stands for a date or a camera: it is asked for by its field alone. */
export const isFact = (term: string): boolean => term.startsWith(FACT);

/** The term of a year, month, day or hour, as in "2024-05". */
export const dateTerm = (date: string): string => FACT + date;

/** The terms of a camera, or of words that it is asked by. */
export const cameraTerms = (camera: string, analyzer: Analyzer): string[] =>
  analyzer.terms(camera).map((term) => `${FACT}camera:${term}`);

/** When a picture was taken, or where its file does not say, when it came. */
export const timeOfFile = ({ takenAt, storedOn }: FileWords = {}): string | undefined => takenAt ?? storedOn;

const PERIODS = ['YYYY', 'YYYY-MM', 'YYYY-MM-DD', 'YYYY-MM-DDTHH'];

/** Terms of the day, the hour and the camera of a picture, each once. */
export function factTerms(file: FileWords = {}, analyzer: Analyzer): ReadonlySet<string> {
  const time = timeOfFile(file) ?? '';
  const periods = PERIODS.filter(({ length }) => length <= time.length);
  const dates = periods.map(({ length }) => time.slice(0, length));
  return new Set([...dates.map(dateTerm), ...cameraTerms(file.camera ?? '', analyzer)]);
}
