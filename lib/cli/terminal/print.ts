import { visibleLines } from '../../domain/visible-text.ts';

/** Prints the answer of a command. What others wrote does not move the cursor, hide, or turn around what stands beside it. */
export function print(text: string): void {
  console.log(visibleLines(text));
}

/** Tells people what goes on, beside the answer. */
export function tell(text: string): void {
  console.error(visibleLines(text));
}

/** Asks for a line: what is typed stands behind the text. */
export function prompt(text: string): void {
  process.stderr.write(visibleLines(text));
}

/** Prints a sequence that shows a picture (picture.ts), with a text beside it. */
export function printPicture(sequence: string, text: string): void {
  process.stdout.write(`${sequence} ${visibleLines(text)}\n`);
}
