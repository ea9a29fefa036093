import { functionWordsOf } from '../../text/function-words.ts';
import { normalize } from '../../text/normalize.ts';
import type { Pair } from './compile-forms.ts';

/** Forms that no ending gives, as grammars list them. They end compounds, too. */
const IRREGULAR =
  'öga ögon, öga ögonen, öga ögat, öra öron, öra öronen, öra örat, hjärta hjärtat, hjärta hjärtan, hjärta hjärtana, ' +
  'gås gäss, gås gässen, lus löss, lus lössen, man män, man männen, man mannen, mus möss, mus mössen, ' +
  'huvud huvudet, huvud huvuden, huvud huvudena, ko kon, ko kor, ko korna, klo klon, klo klor, klo klorna, tå tån, tå tårna, ö ön, ö öar, ö öarna, ' +
  'by byn, by byar, by byarna, bro bron, bro broar, bro broarna, trä träet, trä trän, bi biet, bi bina';

/** Nouns whose vowel changes; "na" makes the plural definite. */
const UMLAUTS =
  'and änder, bok böcker, bonde bönder, brand bränder, bror bröder, dotter döttrar, far fäder, fot fötter, hand händer, land länder, ' +
  'ledamot ledamöter, mor mödrar, natt nätter, rand ränder, rot rötter, son söner, spång spänger, stad städer, stand ständer, ' +
  'stång stänger, strand stränder, tand tänder, tång tänger, nöt nötter, get getter';

/** In -an, which are no definite forms. */
const ADVERBS: ReadonlySet<string> = new Set(
  'nästan, sedan, redan, innan, undan, medan, sällan, ovan, annan, utan, nedan'.split(', '),
);

/** Adjectives with another vowel when they are compared, and how they begin then. */
const COMPARED = [
  ['ung', 'yng'],
  ['tung', 'tyng'],
  ['lång', 'läng'],
  ['låg', 'läg'],
  ['hög', 'hög'],
  ['stor', 'stör'],
  ['grov', 'gröv'],
] as const;

/** Of closed classes, and long forms of the words above. */
const OTHERS =
  'far fader, far fadern, mor moder, bror broder, bror brodern, museum museet, museum museer, ' +
  'grön grönt, blå blått, gul gult, brun brunt, vit vitt, röd rött, grå grått, blå blåa, grå gråa, gammal gamla, gammal gammalt, liten litet, liten lilla, liten små, ' +
  COMPARED.map(([word, root]) =>
    [`${word} ${word}t`, ...['re', 'st', 'sta'].map((end) => `${word} ${root}${end}`)].join(', '),
  ).join(', ');

/** Nouns that end like the definite form of another ("flickan", "bordet"). */
const LIKE_DEFINITE =
  'plan planer, gran granar, svan svanar, kran kranar, roman romaner, organ organ, banan bananer, ocean oceaner, vulkan vulkaner, ' +
  'pelikan pelikaner, fasan fasaner, tulpan tulpaner, orkan orkaner, turban turbaner, altan altaner, kaftan kaftaner, sultan sultaner, ' +
  'marsipan marsipaner, planet planeter, magnet magneter, raket raketer, tapet tapeter, profet profeter, poet poeter, komet kometer';

/** Letters before an irregular noun that a compound has, at least. */
const SHORTEST_BEGINNING = 3;
/** Stand for what compounds begin with, so that a noun is known where it ends them. */
const BEGUN = ['-', '--'];
const VOWELS = 'aeiouyåäö';

/** How a noun is inflected: endings in place of what is found, of which enough have to be written for all of them to be believed. */
interface Paradigm {
  readonly noun: RegExp;
  readonly endings: readonly string[];
  /** One of each has to be written. */
  readonly witnesses: readonly (readonly string[])[];
  /** Endings of forms that every such noun may have, written or not. */
  readonly regular?: readonly string[];
  /** Endings of another word that would explain the forms as well. */
  readonly unless?: readonly string[];
}

const PARADIGMS: readonly Paradigm[] = [
  // flicka, flickan, flickor
  { noun: /(?<=\p{L}{3})a$/u, endings: [], regular: ['an', 'or', 'orna'], witnesses: [['an', 'or', 'orna']] },
  // rum, rummet
  {
    noun: new RegExp(`(?<=[${VOWELS}](?<c>m))$`, 'u'),
    endings: ['$<c>et', '$<c>en'],
    witnesses: [['$<c>et']],
    unless: ['$<c>'],
  },
  // äpple, äpplet, äpplen
  { noun: /(?<=\p{L}{2})e$/u, endings: ['et', 'en', 'ena'], witnesses: [['et']] },
  // äpple, äpplen
  {
    noun: /(?<=\p{L}{2})e$/u,
    endings: [],
    regular: ['et', 'en', 'ena'],
    witnesses: [['en']],
    unless: ['', 'a', 'ar', 'er'],
  },
  // bord, bordet, borden
  {
    noun: new RegExp(`(?<=[${VOWELS}]\\p{L}*[^${VOWELS}])$`, 'u'),
    endings: ['et', 'en'],
    witnesses: [['et']],
  },
  // by, byn, byar; ko, kon, kor
  {
    noun: new RegExp(`(?<=\\p{L}[^${VOWELS}][iouyåö])$`, 'u'),
    endings: ['n', 'ar', 'arna', 'er', 'erna', 'r', 'rna'],
    witnesses: [['n'], ['ar', 'arna', 'er', 'erna', 'rna']],
  },
  // knä, knät, knän; bi, biet, bin
  {
    noun: new RegExp(`(?<=\\p{L}[^${VOWELS}][iåäö])$`, 'u'),
    endings: ['t', 'et', 'n', 'na'],
    witnesses: [
      ['t', 'et'],
      ['n', 'na'],
    ],
  },
  // dröm, drömmen, drömmar
  {
    noun: new RegExp(`(?<=[${VOWELS}](?<c>[mn]))$`, 'u'),
    endings: ['$<c>en', '$<c>ar', '$<c>arna', '$<c>er', '$<c>erna'],
    witnesses: [['$<c>en'], ['$<c>ar', '$<c>arna', '$<c>er', '$<c>erna']],
    unless: ['$<c>', '$<c>e'],
  },
  // nyckel, nycklar; regel, regler
  {
    noun: /(?<=[bdfgkpstv])el$/,
    endings: [],
    regular: ['lar', 'larna', 'ler', 'lerna'],
    witnesses: [],
  },
  // fågel, fågeln, fåglar; finger, fingret
  {
    noun: /(?<=[bdfgkmnprstv])e(?<l>[lr])$/,
    endings: ['e$<l>n', '$<l>ar', '$<l>arna', '$<l>er', '$<l>erna', '$<l>et', '$<l>en'],
    witnesses: [['e$<l>n', '$<l>ar', '$<l>arna', '$<l>er', '$<l>erna', '$<l>et', '$<l>en']],
  },
  // nummer, numret; himmel, himlar; sommar, somrar
  {
    noun: /(?<c>[mn])\k<c>[ea](?<l>[lr])$/,
    endings: ['$<c>$<l>ar', '$<c>$<l>arna', '$<c>$<l>et', '$<c>$<l>en'],
    witnesses: [['$<c>$<l>ar', '$<c>$<l>arna', '$<c>$<l>et', '$<c>$<l>en']],
  },
  // vatten, vattnet; öken, öknar
  {
    noun: /(?<=\p{L}[bdfgkprstv])en$/u,
    endings: ['net', 'nen', 'nar', 'narna'],
    witnesses: [['net', 'nen', 'nar', 'narna']],
  },
  // laboratorium, laboratoriet
  { noun: /(?<=\p{L}{2})um$/u, endings: ['et', 'er', 'erna'], witnesses: [['et', 'er', 'erna']] },
];

/**
 * What grammar makes of Swedish words: definite forms, plurals and neuters, where texts have enough of them. No lexicon of forms has a licence
 * that fits.
 *
 * @param vocabulary words of texts
 */
export function swedishPairs(vocabulary: readonly string[]): Pair[] {
  const closed = functionWordsOf('sv').words.union(ADVERBS);
  const words = new Set(vocabulary.filter((word) => /^\p{Ll}{2,}$/u.test(word)));
  const has = (word: string) => words.has(word);
  const bases = new Map<string, string>();
  const add = (form: string, base: string) => {
    const [key, to] = [normalize(form, 'sv'), normalize(base, 'sv')];
    if (!bases.has(key) && (form === base || !closed.has(form))) bases.set(key, to);
  };
  const irregular = irregularForms();
  for (const [form, word] of irregular) add(form, word);
  for (const word of irregular.values()) add(word, word);
  for (const [form, word] of compounds(words, irregular)) add(form, word);
  for (const [noun] of pairsIn(LIKE_DEFINITE)) for (const begun of BEGUN) add(begun + noun, begun + noun);
  for (const paradigm of PARADIGMS)
    for (const word of words)
      if ((bases.get(word) ?? word) === word)
        for (const form of formsBy(paradigm, word, has)) add(form, word);
  for (const [form, word] of adjectives(words)) add(form, word);
  for (const word of words) add(word, word);
  return [...bases].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Forms of a word, with their genitives; those that are not written may be written elsewhere. */
function formsBy(
  { noun, endings, witnesses, regular = [], unless = [] }: Paradigm,
  word: string,
  has: (word: string) => boolean,
): string[] {
  if (!noun.test(word)) return [];
  const make = (ending: string) => word.replace(noun, ending);
  if (unless.some((ending) => has(make(ending)))) return [];
  if (!witnesses.every((some) => some.some((ending) => has(make(ending))))) return [];
  return [...endings.map(make).filter(has), ...regular.map(make)].flatMap((form) => [form, `${form}s`]);
}

const pairsIn = (list: string) => list.split(', ').map((pair) => pair.split(' ') as [string, string]);

function irregularForms(): Map<string, string> {
  const forms = new Map<string, string>();
  for (const [word, form] of [...pairsIn(IRREGULAR), ...pairsIn(OTHERS)]) forms.set(form, word);
  for (const [word, plural] of [...pairsIn(UMLAUTS), ...pairsIn(LIKE_DEFINITE)])
    forms.set(plural, word).set(`${plural}na`, word);
  for (const [word] of pairsIn(LIKE_DEFINITE)) forms.set(`${word}en`, word);
  return forms;
}

/** "brandmän" of "brandman": the longest irregular form that ends a word is its last part. */
function* compounds(words: ReadonlySet<string>, irregular: ReadonlyMap<string, string>): Generator<Pair> {
  const ends = [...irregular].filter(([form]) => form.length >= SHORTEST_BEGINNING);
  ends.sort(([a], [b]) => b.length - a.length);
  for (const word of words) {
    if (irregular.has(word)) continue;
    const end = ends.find(([form]) => word.length >= form.length + SHORTEST_BEGINNING && word.endsWith(form));
    if (end && words.has(word.slice(0, -end[0].length) + end[1]))
      yield [word, word.slice(0, -end[0].length) + end[1]];
  }
}

/** "grönt" and "gröna" of "grön", where texts compare it, too, or where it is written like no form of a noun or a verb. */
function* adjectives(words: ReadonlySet<string>): Generator<Pair> {
  for (const word of words) {
    const has = (...endings: string[]) => endings.some((ending) => words.has(word + ending));
    const isOther = has('ade', 'ande', 'de', 'te', 'dde', 'or', 'orna', 'erna', 'arna', 'et', 'ets');
    const isCompared = has('are', 'aste', 'het', 're');
    const neuter = neuterOf(word);
    // "Tom", "tomma".
    const root = /[aouyåäö][mn]$/.test(word) && has(`${word.at(-1)!}a`) ? word + word.at(-1)! : word;
    if (!words.has(neuter) || !words.has(`${root}a`) || !(isCompared || !isOther)) continue;
    yield [neuter, word];
    yield [`${root}a`, word];
    if (words.has(`${root}e`)) yield [`${root}e`, word];
  }
}

/** "Nytt", "rött", "hårt", "högt". */
function neuterOf(word: string): string {
  if (new RegExp(`[${VOWELS}]$`).test(word)) return `${word}tt`;
  if (new RegExp(`[${VOWELS}]d$`).test(word)) return word.replace(/d$/, 'tt');
  return word.endsWith('d') ? word.replace(/d$/, 't') : `${word}t`;
}
