import { normalize } from '../../text/normalize.ts';
import type { Pair } from './compile-forms.ts';

/**
 * German nouns with their plurals and genitives, from the German Wiktionary.
 *
 * @param table the text of `nouns.csv` of the package german-nouns
 */
export function germanPairs(table: string): Pair[] {
  const [head, ...rows] = parseCsv(table) as [string[], ...string[][]];
  const columns = head.flatMap((name, at) =>
    /^(nominativ plural|dativ plural|genitiv singular)/.test(name) ? [at] : [],
  );
  const word = (cell: string | undefined) =>
    /^\p{Lu}?\p{Ll}{2,}$/u.test(cell ?? '') ? normalize(cell!, 'de') : undefined;
  const [lemma, pos] = [head.indexOf('lemma'), head.indexOf('pos')];
  const nouns = rows.filter(
    (row) => row[pos]?.startsWith('Substantiv') && !/name|Toponym|Abk/i.test(row[pos]) && word(row[lemma]),
  );
  const plurals = head.flatMap((name, at) => (name.startsWith('nominativ plural') ? [at] : []));
  // A verb that is used as a noun has no plural, and its form may be one of another noun ("Vögeln").
  const isCounted = (row: string[]) => plurals.some((at) => row[at]);
  const written = new Set(nouns.filter(isCounted).map((row) => row[lemma]));
  const bases = new Map<string, string>();
  for (const row of nouns)
    for (const cell of columns.map((at) => row[at])) {
      const form = word(cell);
      if (form && !written.has(cell) && !bases.has(form)) bases.set(form, word(row[lemma])!);
    }
  for (const row of nouns) {
    const base = word(row[lemma])!;
    if (!bases.has(base)) bases.set(base, base);
  }
  return [...bases].sort(([a], [b]) => (a < b ? -1 : 1));
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
