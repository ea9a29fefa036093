import type { FileWords } from '../domain/gloss.ts';
import type { Analyzer } from './analyzer.ts';

/** `@` is no letter, so no word of a text is spelled so. */
const FACT = '@';

/** Whether a term stands for a date or a camera: it is asked for by its field alone. */
export const isFact = (term: string): boolean => term.startsWith(FACT);

/** The term of a year, month or day, as in "2024-05". */
export const dateTerm = (date: string): string => FACT + date;

/** The terms of a camera, or of words that it is asked by. */
export const cameraTerms = (camera: string, analyzer: Analyzer): string[] =>
  analyzer.terms(camera).map((term) => `${FACT}camera:${term}`);

/** The day that a picture is found by: when it was taken, or where its file does not say, when it came. */
export const dayOfFile = ({ takenAt, storedOn }: FileWords): string | undefined =>
  takenAt?.slice(0, 'YYYY-MM-DD'.length) ?? storedOn;

/** Terms of the day and of the camera of a picture, each once. */
export function factTerms(file: FileWords = {}, analyzer: Analyzer): ReadonlySet<string> {
  const day = dayOfFile(file);
  const dates = day === undefined ? [] : [day.slice(0, 'YYYY'.length), day.slice(0, 'YYYY-MM'.length), day];
  return new Set([...dates.map(dateTerm), ...cameraTerms(file.camera ?? '', analyzer)]);
}
