import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { functionWordsOf } from '../../lib/text/function-words.ts';

/** Stop words of Snowball that say something about a picture, or are no words. */
const OTHERS: Readonly<Record<string, string>> = {
  en: 'further once',
  // Dialect and endings that are no words; "weg" is a way, "machen" is making.
  de: 'anderm andern anderr anders einig machen unse unsem unsen unses weg weiter',
  fr: 'celà étée étées',
  // "Estado" is a state, "tenido" was held.
  es: 'estad estada estadas estado estados habida habidas habidos tenida tenidas tenidos',
  // Forms of "fare" (to make), of which "faccia" is a face; "fossi" are ditches; beginnings before an apostrophe.
  it:
    'agl dagl degl dov negl sugl faccia facciamo facciano facciate faccio facemmo facendo facesse facessero facessi facessimo faceste facesti faceva facevamo ' +
    'facevano facevate facevi facevo fai fanno farai faranno farebbe farebbero farei faremmo faremo fareste faresti farete farà farò fece fecero feci fossi',
  pt: '',
  // "Doen" is doing, "wezen" a being, "der" was an article.
  nl: 'der doen wezen',
  // "Man" is a man, "sitta" is sitting.
  sv: 'man sitta',
};

const linesOf = (language: string): string[] =>
  readFileSync(join(import.meta.dirname, 'stop-words', `${language}.txt`), 'utf8')
    .split('\n')
    .filter((word) => word !== '' && !word.includes("'"));

describe.each(Object.keys(OTHERS))('function words of %s', (language) => {
  it('are all of Snowball’s list but what says something', () => {
    const { words } = functionWordsOf(language);
    const missing = linesOf(language).filter((word) => !words.has(word));
    expect(missing.toSorted()).toEqual(OTHERS[language]!.split(' ').filter(Boolean).toSorted());
  });
});
