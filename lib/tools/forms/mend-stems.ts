import type { Pair } from './compile-forms.ts';

/** The terms of a language so far: of a word as texts are normalized. */
type TermOf = (word: string) => string;

/** Forms with their bases, and words that are none. */
export interface Inflections {
  readonly pairs: Iterable<Pair>;
  /** Some may be among the forms, too: then the form is no word of its own. */
  readonly others: Iterable<string>;
  /** Forms that are words of their own as well: they are led nowhere. */
  readonly own?: ReadonlySet<string>;
  /** Bases of which texts have forms: then all of their forms may be led, heard or not. */
  readonly common?: ReadonlySet<string>;
}

/**
 * Which stems have to be led to another, so that forms which neither the table nor the stemmer joins meet their base: "spielt" of "spielen", "ran"
 * of "run". A stem that a word of its own has stays ("saw" is a tool, too), and so does one that forms of several bases have.
 *
 * @returns stems with the stems they are led to, and those that stay with themselves
 */
export function mendStems({ pairs, others }: Inflections, termOf: TermOf): Pair[] {
  const moved = new Map<string, Set<string>>();
  const forms = new Set<string>();
  const staying = new Set<string>();
  for (const [form, base] of pairs) {
    const [from, to] = [termOf(form), termOf(base)];
    staying.add(to);
    if (from === to) continue;
    forms.add(form);
    moved.set(from, (moved.get(from) ?? new Set()).add(to));
  }
  for (const word of others) if (!forms.has(word)) staying.add(termOf(word));
  const led = new Map<string, string>();
  for (const [from, to] of moved)
    if (to.size === 1 && !staying.has(from) && !from.includes(' ')) led.set(from, [...to][0]!);
  for (const stem of staying) led.set(stem, stem);
  return [...led].sort(([a], [b]) => (a < b ? -1 : 1));
}
