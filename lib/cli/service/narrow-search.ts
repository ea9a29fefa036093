import { createInterface } from 'node:readline';
import type { Hit, SearchAnswer } from '../../api/search/schema.ts';
import { CommandError } from '../terminal/command-error.ts';
import { print, prompt, tell } from '../terminal/print.ts';
import { NARROWING_HELP, narrowingStep, numberedWords } from '../terminal/narrow-query.ts';

interface Searcher {
  /** @throws CommandError for a query that is refused */
  readonly search: (query: string) => Promise<SearchAnswer>;
  readonly show: (answer: SearchAnswer) => Promise<void>;
  readonly open: (hit: Hit) => Promise<void>;
}

const PROMPT = 'narrow> ';

/**
 * Searches, and narrows the query by each line that is typed, until an empty one or the end of the input. What goes wrong with a line is
 * told, and the answer before stays.
 */
export async function narrowSearch(first: string, { search, show, open }: Searcher): Promise<void> {
  const shown: { readonly query: string; readonly answer: SearchAnswer }[] = [];
  const go = async (query: string): Promise<void> => {
    const answer = await search(query);
    shown.push({ query, answer });
    await showLast();
  };
  const showLast = async (): Promise<void> => {
    const { query, answer } = shown.at(-1)!;
    if (shown.length > 1) print(`\n${query}`);
    await show(answer);
    const words = answer.related?.words ?? [];
    if (words.length > 0) print(`narrow by: ${numberedWords(words)}`);
  };
  const take = async (line: string): Promise<boolean> => {
    const { query, answer } = shown.at(-1)!;
    const step = narrowingStep(query, line, answer.related?.words ?? [], answer.hits.length);
    if (step.do === 'end') return false;
    if (step.do === 'explain') tell(step.why);
    if (step.do === 'open') await open(answer.hits[step.hit]!);
    if (step.do === 'search') await go(step.query);
    if (step.do === 'undo') {
      if (shown.length > 1) shown.pop();
      await showLast();
    }
    return true;
  };
  await go(first);
  tell(NARROWING_HELP);
  const lines = createInterface({ input: process.stdin });
  prompt(PROMPT);
  for await (const line of lines) {
    const goesOn = await take(line).catch((error: unknown) => {
      tell(error instanceof Error ? error.message : String(error));
      if (error instanceof CommandError && error.hint !== '') tell(error.hint);
      return true;
    });
    if (!goesOn) break;
    prompt(PROMPT);
  }
  lines.close();
}
