import { displayWidth } from './display-width.ts';

/** A text in lines of at most so many columns, broken between words, the further ones indented; a longer word stands as it is. */
export function wrap(text: string, columns: number, indent: string): string {
  const [first = '', ...words] = text.match(/ *[^ ]+/g) ?? [];
  const lines = [first];
  for (const word of words) {
    const longer = lines.at(-1)! + word;
    if (displayWidth(longer) > columns) lines.push(indent + word.trimStart());
    else lines[lines.length - 1] = longer;
  }
  return lines.join('\n');
}
