import { changed, changeTo, dropped, MOST_DROPPED, SHORTEST_ENDING, WHOLE } from '../../lexicon/forms.ts';

/** A word, and the word that it is a form of or another spelling of: itself, for a base form. */
export type Pair = readonly [form: string, base: string];

/** Words that an ending must lead to their base, more than the shorter ending does, to be worth a line. */
const WORTH = 2;
const LONGEST_ENDING = 9;
/** Changes that are tried for an ending. */
const MOST_CHANGES = 12;

/**
 * The fewest lines that lead each form to the term of its base: from short endings to long ones, a line wherever it is right for more words
 * than what was said before, and in the end one for each word that is still wrong. Endings are what make it right for words that are in no
 * lexicon.
 *
 * @param shortestEnding letters of an ending at least
 * @param stem the term of a word that has been led to its base
 */
export function compileForms(
  pairs: readonly Pair[],
  stem: (word: string) => string,
  shortestEnding = SHORTEST_ENDING,
): string[] {
  const words = pairs.map(([form, base]): Word => ({
    form,
    base,
    target: stem(base),
    change: changeOf(form, base),
  }));
  const lines: string[] = [];
  const termOf = memoized(stem);
  const isRight = ({ form, target }: Word, change: string) =>
    dropped(change) < form.length && termOf(changed(form, change)) === target;

  function visit(ending: string, among: readonly Word[], inherited: string): void {
    const wrong = among.filter((word) => !isRight(word, inherited));
    if (wrong.length === 0) return;
    let current = inherited;
    if (ending.length >= shortestEnding) {
      let best = { change: inherited, right: among.length - wrong.length + WORTH - 1 };
      for (const change of new Set(['0', ...mostFrequent(wrong)])) {
        if (change === inherited || dropped(change) > ending.length) continue;
        const right = among.filter((word) => isRight(word, change)).length;
        if (right > best.right) best = { change, right };
      }
      if (best.change !== inherited) {
        current = best.change;
        lines.push(`${ending} ${current}`);
      }
    }
    const longer = Map.groupBy(among, ({ form }) =>
      ending.length < LONGEST_ENDING && form.length > ending.length ? form.at(-1 - ending.length)! : WHOLE,
    );
    for (const [letter, of] of longer) {
      if (letter !== WHOLE) visit(letter + ending, of, current);
      else
        for (const word of of) if (!isRight(word, current)) lines.push(`${WHOLE}${word.form} ${word.change}`);
    }
  }
  visit('', words, '0');
  return lines.sort();
}

/** Changes that lead some of these words to their bases. */
function mostFrequent(words: readonly Word[]): string[] {
  const counts = new Map<string, number>();
  for (const { change } of words) counts.set(change, (counts.get(change) ?? 0) + 1);
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MOST_CHANGES)
    .map(([change]) => change);
}

function memoized(stem: (word: string) => string): (word: string) => string {
  const known = new Map<string, string>();
  return (word) => {
    const term = known.get(word) ?? stem(word);
    known.set(word, term);
    return term;
  };
}

interface Word {
  readonly form: string;
  readonly base: string;
  readonly target: string;
  readonly change: string;
}

/** What leads a form to its base; nothing where more letters change than a line can say. */
export function changeOf(form: string, base: string): string {
  let same = 0;
  while (same < Math.min(form.length, base.length) && form[same] === base[same]) same += 1;
  const letters = form.length - same;
  return letters > MOST_DROPPED ? '0' : changeTo(letters, base.slice(same));
}
