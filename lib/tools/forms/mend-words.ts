import type { Pair } from './compile-forms.ts';
import type { Inflections } from './mend-stems.ts';

/** What tells of forms and of their words how common they are. */
export interface Commonness {
  readonly isHeard: (form: string) => boolean;
  /** Logarithm of the probability of a word, if it is known. */
  readonly logProbOf: (word: string) => number | undefined;
}

/** A difference of logarithms that says nothing: below three times as often. */
const LITTLE = 1;

/**
 * Forms that are led to their base one by one, since another word has their stem: "vuela" of "volar", whose stem is that of a flight ("vuelo").
 * A form that is a word of its own stays, and so does one of several bases of which none is the common one.
 *
 * @param termOf the term of a word so far
 */
export function mendWords(
  { pairs, own, common }: Inflections,
  termOf: (word: string) => string,
  { isHeard, logProbOf }: Commonness,
): Pair[] {
  const basesOf = new Map<string, Set<string>>();
  // Where no text tells how common a base is: logarithms of how many of its forms are heard.
  const formsHeard = new Map<string, number>();
  const all = Array.from(pairs);
  for (const [base, forms] of Map.groupBy(
    all.filter(([form]) => isHeard(form)),
    ([, base]) => base,
  ))
    formsHeard.set(base, Math.log(new Set(forms.map(([form]) => form)).size));
  for (const [form, base] of all)
    if (form !== base && !own?.has(form) && (isHeard(form) || common?.has(base) === true))
      basesOf.set(form, (basesOf.get(form) ?? new Set()).add(base));
  const baseOf = new Map<string, string>();
  for (const [form, bases] of basesOf) {
    const isKnown = Array.from(bases).some((word) => logProbOf(word) !== undefined);
    const base = commonest([...bases], isKnown ? logProbOf : (word) => formsHeard.get(word));
    if (base !== undefined) baseOf.set(form, base);
  }
  /** Where a base is led as well, its forms follow it: "öppnar" is of "öppna", which is also a form of "öppen". */
  const lastOf = (form: string): string => {
    const base = baseOf.get(form)!;
    const next = baseOf.get(base);
    return next === undefined || next === form || termOf(base) === termOf(next) ? base : next;
  };
  return Array.from(baseOf.keys(), (form): Pair => [form, lastOf(form)])
    .filter(([form, base]) => termOf(form) !== termOf(base))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function commonest(words: readonly string[], logProbOf: Commonness['logProbOf']): string | undefined {
  const [first, second] = words
    .map((word) => ({ word, logProb: logProbOf(word) ?? -Infinity }))
    .sort((a, b) => b.logProb - a.logProb);
  return second === undefined || first!.logProb > second.logProb + LITTLE ? first!.word : undefined;
}
