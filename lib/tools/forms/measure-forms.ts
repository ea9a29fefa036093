import { openForms } from '../../lexicon/forms.ts';
import { pairsOf, stemOf } from './pairs.ts';
import { FORM_LANGUAGES, type Sources } from './sources.ts';

/**
 * Which forms meet their base forms, by the stemmer alone and with the forms; and which base forms meet others that the stemmer tells
 * apart. Arguments as of make-forms.ts.
 */
const [, , ...args] = process.argv;
const sources = args.slice(0, 4) as unknown as Sources;
/** Those that are named behind the sources, or all. */
const languages = FORM_LANGUAGES.filter((language) => args.length <= 4 || args.slice(4).includes(language));
const SAMPLE = 25;

for (const language of languages) {
  const pairs = await pairsOf(language, sources);
  const stem = stemOf(language);
  const forms = openForms(language);
  const term = (word: string) => forms.stemOf(stem(forms.baseOf(word)));
  const changed = pairs.filter(([form, base]) => form !== base);
  const share = (of: (word: string) => string) =>
    (changed.filter(([form, base]) => of(form) === of(base)).length / changed.length).toFixed(4);
  const bases = Map.groupBy(new Set(pairs.map(([, base]) => base)), term);
  const wrong = [...bases.values()].filter((same) => new Set(same.map(stem)).size > 1);
  const sample = wrong
    .filter((_, i) => i % Math.ceil(wrong.length / SAMPLE) === 0)
    .map((same) => same.slice(0, 4).join('='));
  console.log(`${language}: ${changed.length} forms; meet: stemmer ${share(stem)}, forms ${share(term)}`);
  console.log(
    `  of ${bases.size} terms ${wrong.length} join what the stemmer tells apart: ${sample.join(' ')}`,
  );
}
