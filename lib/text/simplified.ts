import { openLetters } from '../lexicon/forms.ts';

let letters: ReadonlyMap<string, string> | undefined;

/** Chinese in simplified letters, as long as before: texts and queries may be written in either script. Letters are read when first asked for. */
export function simplified(text: string): string {
  letters ??= openLetters('zh');
  let plain = '';
  for (const letter of text) plain += letters.get(letter) ?? letter;
  return plain;
}
