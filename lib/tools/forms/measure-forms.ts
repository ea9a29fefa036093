import { openForms } from '../../lexicon/forms.ts';
import { commonnessOf, inflectionsOf, pairsOf, stemOf } from './pairs.ts';
import { partedNouns } from './parted-nouns.ts';
import { FORM_LANGUAGES, type Sources } from './sources.ts';

/**
 * Which forms meet their base forms, by the stemmer alone and with the forms; which base forms meet others that the stemmer tells
 * apart; how many nouns the stemmer joins with another noun, and the forms do not. Arguments as of make-forms.ts.
 */
const [, , ...args] = process.argv;
const sources = args.slice(0, 4) as unknown as Sources;
/** Those that are named behind the sources, or all. */
const languages = FORM_LANGUAGES.filter((language) => args.length <= 4 || args.slice(4).includes(language));
const SAMPLE = 25;

type Pairs = readonly (readonly [form: string, base: string])[];
const shareOf = (pairs: Pairs, of: (word: string) => string) =>
  (pairs.filter(([form, base]) => of(form) === of(base)).length / pairs.length).toFixed(4);

for (const language of languages) {
  const pairs = await pairsOf(language, sources);
  const stem = stemOf(language);
  const forms = openForms(language);
  const term = (word: string) => {
    const base = forms.baseOf(word);
    return forms.isWhole(base) ? base : forms.stemOf(stem(base));
  };
  const changed = pairs.filter(([form, base]) => form !== base);
  const inflections = await inflectionsOf(language, sources);
  // "Fled" is led to "flee" on purpose.
  const ofVerbs = new Set(Array.from(inflections.pairs, ([form]) => stem(form)));
  const words = new Set(pairs.map(([, base]) => base).filter((base) => !ofVerbs.has(stem(base))));
  const bases = Map.groupBy(words, term);
  const wrong = [...bases.values()].filter((same) => new Set(same.map(stem)).size > 1);
  const sample = wrong
    .filter((_, i) => i % Math.ceil(wrong.length / SAMPLE) === 0)
    .map((same) => same.slice(0, 4).join('='));
  console.log(
    `${language}: ${changed.length} forms; meet: stemmer ${shareOf(changed, stem)}, forms ${shareOf(changed, term)}`,
  );
  console.log(
    `  of ${bases.size} terms ${wrong.length} join what the stemmer tells apart: ${sample.join(' ')}`,
  );

  const { isHeard } = await commonnessOf(language, sources);
  const verbs = Array.from(inflections.pairs).filter(
    ([form, base]) => form !== base && isHeard(form) && inflections.own?.has(form) !== true,
  );
  console.log(
    `  ${verbs.length} forms of verbs and adjectives; meet: stemmer ${shareOf(verbs, stem)}, forms ${shareOf(verbs, term)}`,
  );
  const all = Array.from(inflections.pairs).filter(
    ([form, base]) => form !== base && (isHeard(form) || inflections.common?.has(base) === true),
  );
  console.log(
    `  with those of common verbs that are unheard, or words of their own, ${all.length}; meet: ${shareOf(all, term)}`,
  );
  const nouns = await partedNouns(language, sources, pairs);
  const apart = nouns.filter(([noun, own]) => term(noun) === own);
  console.log(`  ${nouns.length} nouns that the stemmer joins with another, ${apart.length} apart`);
}
