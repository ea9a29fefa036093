import type { Language } from '../../domain/language.ts';
import { functionWordsOf } from '../../text/function-words.ts';
import { normalize } from '../../text/normalize.ts';
import type { Pair } from './compile-forms.ts';
import type { DictionaryForm } from './hunspell-forms.ts';
import type { Inflections } from './mend-stems.ts';
import { irregularForms } from './plural-pairs.ts';

interface Verbs {
  /** How a verb ends. */
  readonly infinitive: RegExp;
  /** A form that no other word has, by which dictionaries show that a word is a verb. */
  readonly sign: RegExp;
  /** Forms of one who speaks of himself or to others, and of moods: nobody says with them what a picture shows. */
  readonly unseen: RegExp;
}

const VERBS: Readonly<Partial<Record<Language, Verbs>>> = {
  fr: {
    infinitive: /(?:er|ir|re|ïr)$/,
    sign: /ons$/,
    unseen: /(?:ons|ez|ss(?:e|es|ent)|[âîûïû](?:mes|tes|t)|rai[st]?|ras?|raient|rent|[aiu]s|ai)$/,
  },
  es: {
    infinitive: /[aeií]r$/,
    sign: /mos$/,
    // "Corro", but not "hizo", of which there is "hicieron".
    unseen:
      /(?:mos|is|s|ste|d|[áéí]|r[áé]n?|rían?|(?:r|ndo|[áéíóú]\p{L}*)(?:se|me|te|le|les|nos|os|l[ao]s?))$/u,
  },
  pt: {
    infinitive: /[aeiô]r$/,
    sign: /mos$/,
    unseen:
      /(?:mos|[dr]es|eis?|[ai]is|as?te|(?<![dn])o|[ae]rias|dor\p{L}*|[bd]or[ae]s?|inh[oa]s?|on[ao]s?|ões|mentos?|mente|nte|istas?)$/u,
  },
};
const WORD = /^\p{Ll}{2,}$/u;

/** Italian forms of several speakers, of those who are spoken to, and of moods. */
const UNSEEN_ITALIAN = /(?:mo|te|st[ie]|rai|r[aò]|ranno|rebbero?)$/;
/** "Leggesse", but not "lesse". */
const WISHED = /[aei]ss(?:[ei]|ero)$/;

/**
 * Italian verbs with their forms.
 *
 * @param verbs forms of Morph-it! with their verbs
 * @param others its nouns and adjectives, in all forms
 * @param nouns its nouns, in all forms
 */
export function italianVerbs(
  verbs: Readonly<Record<string, string>>,
  others: Iterable<string>,
  nouns: ReadonlySet<string>,
): Inflections {
  const closed = functionWordsOf('it').words;
  const own = new Set(Array.from(others, (word) => normalize(word, 'it')));
  // To do something is no plural of an adjective: "leggere", "amare". What was done is the same as an adjective: "aperto".
  for (const [form, verb] of Object.entries(verbs))
    if (form === verb || (isParticiple(form, verb) && !nouns.has(form))) own.delete(normalize(form, 'it'));
  const pairs = Object.entries(verbs).flatMap(([form, verb]): Pair[] => {
    // "Porto" is what I carry, "porti" what you do.
    const isPerson = /[oi]$/.test(form) && verb.slice(0, -3) === form.slice(0, -1);
    const isWished = WISHED.test(form) && form.replace(WISHED, '') === verb.slice(0, -3);
    if (!WORD.test(form) || isPerson || isWished || UNSEEN_ITALIAN.test(form)) return [];
    if (closed.has(form) || closed.has(verb)) return [];
    return [[normalize(form, 'it'), normalize(verb, 'it')]];
  });
  return { pairs, others: own, own };
}

const isParticiple = (form: string, verb: string): boolean =>
  /[ts][oaie]$/.test(form) && verb !== form && !(verb.endsWith('are') && form.startsWith(verb.slice(0, -2)));

/** Participles that no ending makes, as grammars list them; they end compounds, too. */
const PARTICIPLES: Readonly<Partial<Record<Language, string>>> = {
  es:
    'abrir abierto, cubrir cubierto, escribir escrito, inscribir inscrito, decir dicho, hacer hecho, morir muerto, poner puesto, romper roto, ' +
    'solver suelto, ver visto, volver vuelto, freír frito, imprimir impreso, satisfacer satisfecho, pudrir podrido',
  pt:
    'abrir aberto, cobrir coberto, escrever escrito, dizer dito, fazer feito, pôr posto, por posto, ver visto, vir vindo, ganhar ganho, ' +
    'gastar gasto, pagar pago, morrer morto, prender preso, acender aceso, eleger eleito, entregar entregue, limpar limpo, ' +
    'imprimir impresso, quebrar quebrado',
};

/** "Cubierto" of "cubrir", and "descubierto" of "descubrir". */
function* participles(language: Language, verbs: ReadonlySet<string>): Generator<Pair> {
  for (const pair of PARTICIPLES[language]?.split(', ') ?? []) {
    const [end, participle] = pair.split(' ') as [string, string];
    for (const verb of verbs)
      if (verb.endsWith(end))
        for (const ending of participle.endsWith('o') ? ['o', 'a', 'os', 'as'] : ['e', 'es'])
          yield [verb.slice(0, -end.length) + participle.slice(0, -1) + ending, verb];
  }
}

/**
 * Verbs with their forms, and what else the dictionary has.
 *
 * @param isHeard whether texts have a form, as they are normalized
 */
export function verbPairs(
  language: Language,
  dictionary: Iterable<DictionaryForm>,
  isHeard: (form: string) => boolean,
): Inflections {
  const closed = functionWordsOf(language).words;
  const pairs: Pair[] = [];
  const others = new Set<string>();
  const formsOf = new Map<string, string[]>();
  for (const { form, word } of dictionary)
    if (WORD.test(form) && WORD.test(word)) formsOf.set(word, [...(formsOf.get(word) ?? []), form]);
  const verbs = VERBS[language];
  // "Courent" ends like a past that nobody says.
  const isUnseen = (form: string, word: string) =>
    verbs!.unseen.test(form) && form !== word.replace(verbs!.infinitive, 'ent');
  /** Words without forms and with them, as texts are normalized: "frió" has none, "frío" has. */
  const bare = new Set<string>();
  const full = new Set<string>();
  const known = new Set<string>();
  for (const [word, forms] of formsOf) {
    (forms.length === 1 ? bare : full).add(normalize(word, language));
    const isVerb = verbs?.infinitive.test(word) === true && forms.some((form) => verbs.sign.test(form));
    if (isVerb) known.add(word);
    for (const form of forms)
      if (!isVerb) others.add(normalize(form, language));
      else if (!isUnseen(form, word) && !closed.has(form) && !closed.has(word))
        pairs.push([normalize(form, language), normalize(word, language)]);
  }
  if (language === 'es') {
    // What it lists beside the verb, and without a plural, is no other word: "hizo", "calienta".
    for (const [form] of pairs) if (bare.has(form) && !full.has(form)) others.delete(form);
    pairs.push(...spanishVerbs(formsOf, known, full, others, isHeard));
  }
  for (const [form, verb] of participles(language, known)) {
    others.delete(normalize(form, language));
    pairs.push([normalize(form, language), normalize(verb, language)]);
  }
  for (const form of irregularForms(language)) others.add(form);
  // "Leído" is of "leer", though the dictionary has it as an adjective, too.
  const ofVerbs = new Set(
    pairs.flatMap(([form]) => (/[ai]d[oa]s?$/.test(form) && language !== 'fr' ? [form] : [])),
  );
  return { pairs, others, own: others.difference(ofVerbs) };
}

/** Endings of Spanish verbs in -ar, and in -er and -ir. */
const REGULAR: readonly (readonly [infinitive: RegExp, endings: readonly string[]])[] = [
  [/ar$/, ['a', 'an', 'ando', 'ado', 'ada', 'ados', 'adas', 'ó', 'aron', 'aba', 'aban']],
  [/[eií]r$/, ['e', 'en', 'iendo', 'ido', 'ida', 'idos', 'idas', 'ió', 'ieron', 'ía', 'ían']],
];
/** Vowels that change, the endings before which they do, and of which verbs. */
const CHANGES: readonly (readonly [
  infinitive: RegExp,
  vowel: RegExp,
  other: string,
  endings: readonly string[],
])[] = [
  [/ar$/, /[ou](?=[^aeiou]+$)/, 'ue', ['a', 'an']],
  [/ar$/, /e(?=[^aeiou]+$)/, 'ie', ['a', 'an']],
  [/[ei]r$/, /^o(?=[^aeiou]+$)/, 'hue', ['e', 'en']],
  [/[ei]r$/, /o(?=[^aeiou]+$)/, 'ue', ['e', 'en']],
  [/[ei]r$/, /e(?=[^aeiou]+$)/, 'ie', ['e', 'en']],
  [/ir$/, /e(?=[^aeiou]+$)/, 'i', ['e', 'en', 'iendo', 'ió', 'ieron']],
  [/ir$/, /o(?=[^aeiou]+$)/, 'u', ['iendo', 'ió', 'ieron']],
];
/** Forms of groups of verbs, in place of their infinitives' end, as grammars have them. */
const IRREGULAR: readonly (readonly [infinitive: RegExp, ...forms: string[]])[] = [
  [/eír$/, 'íe', 'íen', 'ió', 'ieron', 'iendo', 'eído', 'eída', 'eídos', 'eídas'],
  [/oír$/, 'oye', 'oyen', 'oyó', 'oyeron', 'oyendo', 'oído'],
  [/(?<=[ae])er$/, 'yó', 'yeron', 'yendo', 'ído', 'ída', 'ídos', 'ídas'],
  [/(?<=[^gq]u)ir$/, 'ye', 'yen', 'yó', 'yeron', 'yendo'],
  [/hacer$/, 'hizo', 'hicieron', 'haciendo'],
  [/poner$/, 'puso', 'pusieron', 'pone', 'ponen'],
  [/traer$/, 'trajo', 'trajeron'],
  [/venir$/, 'vino', 'vinieron', 'viniendo', 'viene', 'vienen'],
  [/decir$/, 'dijo', 'dijeron', 'dice', 'dicen', 'diciendo'],
  [/ducir$/, 'dujo', 'dujeron'],
  [/tener$/, 'tuvo', 'tuvieron', 'tiene', 'tienen'],
  [/andar$/, 'anduvo', 'anduvieron'],
  [/querer$/, 'quiso', 'quisieron'],
];

/**
 * Forms of Spanish verbs that grammar makes and that texts have: the dictionary has some verbs without forms ("jugar", "juega"), and lists
 * some forms as words ("hizo"). They are no words of their own then, but those of which there is a plural ("juego").
 */
function* spanishVerbs(
  formsOf: ReadonlyMap<string, readonly string[]>,
  known: ReadonlySet<string>,
  full: ReadonlySet<string>,
  others: Set<string>,
  isHeard: (form: string) => boolean,
): Generator<Pair> {
  const isBare = (word: string) => formsOf.get(word)?.length === 1;
  for (const verb of formsOf.keys()) {
    if (!known.has(verb) && !isBare(verb)) continue;
    const forms = new Set(formsByGrammar(verb));
    if (!known.has(verb) && Array.from(forms).filter(isBare).length < FEWEST_BARE) continue;
    for (const form of forms) {
      const key = normalize(form, 'es');
      if (isBare(form) && !full.has(key)) others.delete(key);
      if (formsOf.has(form) || isHeard(key)) yield [key, normalize(verb, 'es')];
    }
  }
}

function* formsByGrammar(verb: string): Generator<string> {
  for (const [infinitive, endings] of REGULAR) {
    if (!infinitive.test(verb)) continue;
    for (const ending of endings) yield verb.replace(infinitive, ending);
  }
  for (const [infinitive, vowel, other, endings] of CHANGES) {
    const root = verb.replace(infinitive, '');
    if (root !== verb && vowel.test(root))
      for (const ending of endings) yield root.replace(vowel, other) + ending;
  }
  for (const [infinitive, ...forms] of IRREGULAR)
    if (infinitive.test(verb)) for (const form of forms) yield verb.replace(infinitive, form);
}

/** Forms of a verb that have to be listed, so that it is one. */
const FEWEST_BARE = 4;
