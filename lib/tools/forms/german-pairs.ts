import { normalize } from '../../text/normalize.ts';
import type { Pair } from './compile-forms.ts';

/**
 * German nouns with their plurals and genitives, from the German Wiktionary. Of two nouns with one form ("Kakteen": Kaktus, Kaktee) the
 * one has it that texts have more often, or that ends more nouns.
 *
 * @param table the text of `nouns.csv` of the package german-nouns
 * @param logProbs how probable words are in texts, as logarithms; of those that are known
 */
export function germanPairs(table: string, logProbs: Readonly<Record<string, number>>): Pair[] {
  const [head, ...rows] = parseCsv(table) as [string[], ...string[][]];
  const columns = head.flatMap((name, at) =>
    /^(nominativ plural|dativ plural|genitiv singular)/.test(name) ? [at] : [],
  );
  const word = (cell: string | undefined) =>
    /^\p{Lu}\p{Ll}+$|^\p{Ll}{2,}$/u.test(cell ?? '') ? normalize(cell!, 'de') : undefined;
  const [lemma, pos] = [head.indexOf('lemma'), head.indexOf('pos')];
  const plurals = head.flatMap((name, at) => (name.startsWith('nominativ plural') ? [at] : []));
  // A name that has a plural is a noun, too: an atlas is no mountain range.
  const isName = (row: string[]) =>
    /name|Abk/i.test(row[pos]!) ||
    (row[pos]!.includes('Toponym') && !plurals.some((at) => row[at] && row[at] !== row[lemma]));
  const nouns = rows.filter((row) => row[pos]?.startsWith('Substantiv') && !isName(row) && word(row[lemma]));
  /** Nouns that are written alike in the plural. */
  const isUnchanged = new Set(
    nouns.filter((row) => plurals.every((at) => !row[at] || row[at] === row[lemma])).map((row) => row[lemma]),
  );
  // A verb that is used as a noun has no plural, and its form may be one of another noun ("Vögeln").
  const isCounted = (row: string[]) => plurals.some((at) => row[at]);
  const written = new Set(nouns.filter(isCounted).map((row) => row[lemma]));
  const logProb = (cell: string | undefined) => logProbs[cell ?? ''] ?? -Infinity;
  /** Of each noun how probable its own plurals are in texts. */
  const ownPlural = new Map<string, number>();
  for (const row of nouns)
    for (const cell of plurals.map((at) => row[at]))
      if (cell && cell !== row[lemma])
        ownPlural.set(row[lemma]!, Math.max(logProb(cell), ownPlural.get(row[lemma]!) ?? -Infinity));
  // What is also a noun of its own is rather a plural where texts have no plural of that noun: "Taxis", of which the other is "Taxien". A noun
  // that has no other plural is the same thing, mostly ("Felsen", "Fels"; "Seeleute"), but for one of a noun that hardly anybody has.
  for (const row of nouns)
    for (const cell of plurals.map((at) => row[at]))
      if (cell && cell !== row[lemma] && written.has(cell)) {
        const isPlural = isUnchanged.has(cell)
          ? logProb(row[lemma]) > logProb(cell) - MUCH
          : logProb(row[lemma]) > logProb(cell) && !(ownPlural.get(cell)! > logProb(cell) - MUCH);
        if (isPlural) written.delete(cell);
      }
  const candidates = new Map<string, Set<string>>();
  const add = (form: string, noun: string) =>
    candidates.set(form, (candidates.get(form) ?? new Set()).add(noun));
  // Plurals first: "Riesen" are giants, whatever else is "den Riesen".
  const isPluralAt = (at: number) => plurals.includes(at);
  for (const among of [columns.filter(isPluralAt), columns.filter((at) => !isPluralAt(at))]) {
    const known = new Set(candidates.keys());
    for (const row of nouns)
      for (const cell of among.map((at) => row[at])) {
        const form = word(cell);
        const noun = word(row[lemma])!;
        if (form && form !== noun && !written.has(cell) && !known.has(form)) add(form, noun);
      }
  }
  const known = nouns.flatMap((row): [string, number][] => {
    const logProb = logProbs[row[lemma]!];
    return logProb === undefined ? [] : [[word(row[lemma])!, logProb]];
  });
  const commonest = commonestBy(
    nouns.map((row) => word(row[lemma])!),
    new Map(known),
  );
  const bases = new Map(Array.from(candidates, ([form, nouns]) => [form, commonest([...nouns])] as const));
  for (const row of nouns) {
    const base = word(row[lemma])!;
    if (!bases.has(base)) bases.set(base, base);
  }
  // "Kaufleute" are "Kaufmann", though the table has them as a noun of its own.
  for (const [form, base] of bases) {
    const man = form.replace(/(?<=\p{L}{2})leute$/u, 'mann');
    if (man !== form && form === base && bases.has(man)) bases.set(form, man);
  }
  // "Feuerwehrleuten" are "Feuerwehrleute", who are of "Feuerwehrmann".
  for (const [form, base] of bases) bases.set(form, bases.get(base) ?? base);
  return [...bases].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A difference of logarithms that says nothing: below three times as often. */
const LITTLE = 1;
/** A difference of logarithms: twenty times as often. */
const MUCH = 3;

/** Tells which of several nouns is the most probable one in texts, and if that does not tell, which one most nouns end with. */
function commonestBy(
  nouns: readonly string[],
  logProbs: ReadonlyMap<string, number>,
): (of: string[]) => string {
  const compounds = (noun: string) => nouns.filter((other) => other.endsWith(noun)).length;
  return (of) => {
    const [first] = of;
    if (of.length === 1) return first!;
    const probs = new Map(of.map((noun) => [noun, logProbs.get(noun) ?? -Infinity]));
    const most = Math.max(...probs.values());
    const heard = of.filter((noun) => probs.get(noun)! > most - LITTLE);
    if (heard.length === 1) return heard[0]!;
    const sharing = heard.length > 0 ? heard : of;
    const counts = new Map(sharing.map((noun) => [noun, compounds(noun)]));
    return sharing.toSorted((a, b) => counts.get(b)! - counts.get(a)!)[0]!;
  };
}

/** Of each German noun its genders with its plurals ("f buchen"), by which two of one stem are told apart. @param table as of `germanPairs` */
export function germanNouns(table: string): Map<string, Set<string>> {
  const [head, ...rows] = parseCsv(table) as [string[], ...string[][]];
  const [lemma, pos] = [head.indexOf('lemma'), head.indexOf('pos')];
  const [genders, plurals] = ['genus', 'nominativ plural'].map((kind) =>
    head.flatMap((name, at) => (name.startsWith(kind) ? [at] : [])),
  );
  const nouns = new Map<string, Set<string>>();
  for (const row of rows) {
    const noun = row[lemma] ?? '';
    // "Der Angeklagte" is an adjective.
    if (!row[pos]?.startsWith('Substantiv') || /name|Toponym|Abk|adjektivisch/i.test(row[pos])) continue;
    if (!/^\p{Lu}\p{Ll}{2,}$/u.test(noun)) continue;
    const marks = nouns.get(normalize(noun, 'de')) ?? new Set();
    for (const gender of genders!.map((at) => row[at]).filter(Boolean))
      for (const plural of plurals!.map((at) => row[at]).filter(Boolean))
        marks.add(`${gender} ${normalize(plural!, 'de')}`);
    nouns.set(normalize(noun, 'de'), marks);
  }
  return nouns;
}

function parseCsv(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) =>
      Array.from(
        line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g),
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!,
      ),
    );
}
