import { visibleLines } from '../../domain/visible-text.ts';

/** Prints the answer of a command. What others wrote does not move the cursor, hide, or turn around what stands beside it. */
export function print(text: string): void {
  console.log(visibleLines(text));
}

/** Tells people what goes on, beside the answer. */
export function tell(text: string): void {
  console.error(visibleLines(text));
}
