import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changeOf, compileForms, type Pair } from './compile-forms.ts';
import { OF_STEM, parseForms, UNSTEMMED, WHOLE } from '../../lexicon/forms.ts';
import { commonnessOf, inflectionsOf, pairsOf, stemOf } from './pairs.ts';
import { mendStems } from './mend-stems.ts';
import { mendWords } from './mend-words.ts';
import { partedNouns } from './parted-nouns.ts';
import { FORM_LANGUAGES, type FormLanguage, type Sources } from './sources.ts';

const FORMS = join(import.meta.dirname, '../../lexicon/forms');
const [, , ...args] = process.argv;
const sources = args.slice(0, 4) as unknown as Sources;
/** Those that are named behind the sources, or all. */
const languages = FORM_LANGUAGES.filter((language) => args.length <= 4 || args.slice(4).includes(language));

/** Letters of an ending of stems at least: shorter ones would change words that are in no lexicon, and slips. */
const SHORTEST_OF_STEM = 4;

for (const language of languages) await writeFile(join(FORMS, `${language}.txt`), await tableOf(language));

async function tableOf(language: FormLanguage): Promise<string> {
  const pairs = await pairsOf(language, sources);
  const parted = new Map(await partedNouns(language, sources, pairs));
  const wholes = new Set(parted.values());
  const stem = stemOf(language);
  const termOf = (word: string) => (wholes.has(word) ? word : stem(word));
  const lines = [
    ...compileForms(
      pairs.map(([form, base]): Pair => [form, parted.get(base) ?? base]),
      termOf,
    ),
    ...Array.from(wholes, (word) => UNSTEMMED + word),
  ];

  const inflections = await inflectionsOf(language, sources);
  const ofNouns = parseForms(lines.join('\n'));
  const stems = mendStems(inflections, (word) => termOf(ofNouns.baseOf(word)));
  lines.push(...compileForms(stems, (some) => some, SHORTEST_OF_STEM).map((line) => OF_STEM + line));

  const forms = parseForms(lines.join('\n'));
  const atLast = (word: string) => {
    const base = forms.baseOf(word);
    return wholes.has(base) ? base : forms.stemOf(stem(base));
  };
  const commonness = await commonnessOf(language, sources);
  const words = mendWords(inflections, atLast, commonness);
  const leading = new Map(words);
  /** What is led to a verb takes its plural along: "Floß" is written like "floss". */
  const followed = pairs.flatMap(([form, base]): Pair[] => {
    const to = leading.get(base);
    if (!commonness.isHeard(form) && commonness.logProbOf(form) === undefined) return [];
    return to === undefined || leading.has(form) || form === base || atLast(form) === atLast(to)
      ? []
      : [[form, to]];
  });
  const led = new Map(
    [...words, ...followed].map(([form, base]) => [
      WHOLE + form,
      `${WHOLE}${form} ${changeOf(form, forms.baseOf(base))}`,
    ]),
  );
  const others = lines.filter((line) => !led.has(line.slice(0, line.indexOf(' '))));
  console.log(
    language,
    `${pairs.length} words, ${parted.size} nouns parted, ${stems.filter(([from, to]) => from !== to).length} stems, ${led.size} forms led`,
  );
  return `${[...led.values(), ...others].join('\n')}\n`;
}
