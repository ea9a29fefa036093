import { functionWordsOf } from '../../text/function-words.ts';
import { normalize } from '../../text/normalize.ts';
import type { Pair } from './compile-forms.ts';
import type { Inflections } from './mend-stems.ts';

/** Strong and irregular verbs as grammars list them: infinitive, past, supine. */
const STRONG =
  'be bad bett, binda band bundit, bita bet bitit, bjuda bjöd bjudit, bli blev blivit, brinna brann brunnit, brista brast brustit, ' +
  'bryta bröt brutit, bära bar burit, dra drog dragit, dricka drack druckit, driva drev drivit, dö dog dött, falla föll fallit, ' +
  'finna fann funnit, flyga flög flugit, flyta flöt flutit, frysa frös frusit, ge gav gett, gjuta göt gjutit, glida gled glidit, ' +
  'gnida gned gnidit, gripa grep gripit, gråta grät gråtit, gå gick gått, göra gjorde gjort, hinna hann hunnit, hugga högg huggit, ' +
  'hålla höll hållit, knyta knöt knutit, komma kom kommit, krypa kröp krupit, le log lett, lida led lidit, ligga låg legat, ljuga ljög ljugit, ' +
  'lyda löd lytt, låta lät låtit, lägga lade lagt, njuta njöt njutit, rida red ridit, rinna rann runnit, riva rev rivit, ryta röt rutit, ' +
  'se såg sett, simma sam simmat, sitta satt suttit, sjuda sjöd sjudit, sjunga sjöng sjungit, sjunka sjönk sjunkit, skina sken skinit, ' +
  'skjuta sköt skjutit, skrika skrek skrikit, skriva skrev skrivit, skära skar skurit, slita slet slitit, sluta slöt slutit, slå slog slagit, ' +
  'smyga smög smugit, snyta snöt snutit, sova sov sovit, spinna spann spunnit, springa sprang sprungit, sticka stack stuckit, ' +
  'stiga steg stigit, stjäla stal stulit, stå stod stått, svida sved svidit, svälta svalt svultit, sväva svävade svävat, säga sade sagt, ' +
  'sälja sålde sålt, sätta satte satt, ta tog tagit, tiga teg tigit, vika vek vikit, vinna vann vunnit, vrida vred vridit, växa växte vuxit, ' +
  'äta åt ätit, välja valde valt, vänja vande vant, dölja dolde dolt, smörja smorde smort, spörja sporde sport, städja stadde statt';

/** What strong verbs did: "bar" is of "bära" before it is a noun. */
export const STRONG_PASTS: ReadonlySet<string> = new Set(
  STRONG.split(', ').map((verb) => normalize(verb.split(' ')[1]!, 'sv')),
);

/** How weak verbs end, group by group: each ending that is written of a verb tells of it. */
const WEAK: readonly (readonly string[])[] = [
  ['a', 'ar', 'ade', 'at', 'ad', 'as', 'ande', 'ades', 'ats', 'ades'],
  ['a', 'er', 'de', 't', 'd', 'da', 'des', 'ts', 'ande', 'as'],
  ['a', 'er', 'te', 't', 'ta', 'tes', 'ts', 'ande', 'as'],
  ['', 'r', 'dde', 'tt', 'dd', 'dda', 'ddes', 'tts', 'ende', 's'],
];
/** So many of the first four, which grammars name, have to be written. */
const PRINCIPAL = 4;
const WITNESSES = 4;
/** Letters of an adjective without its last vowel, at least: "ber" (asks) is none. */
const SHORTEST_ROOT = 4;

/**
 * What grammar makes of Swedish verbs, and of adjectives in -er, -el and -en, where texts have enough of their forms.
 *
 * @param vocabulary words of texts
 */
export function swedishInflections(vocabulary: readonly string[]): Inflections {
  const words = new Set(vocabulary.filter((word) => /^\p{Ll}{2,}$/u.test(word)));
  const closed = functionWordsOf('sv').words;
  const pairs: Pair[] = [];
  const add = (form: string, base: string) => {
    if (!closed.has(form) && !closed.has(base)) pairs.push([normalize(form, 'sv'), normalize(base, 'sv')]);
  };
  const verbs = STRONG.split(', ').map((verb) => verb.split(' ') as [string, string, string]);
  const pasts = new Set(verbs.map(([, past]) => past));
  for (const [infinitive, past, supine] of verbs) {
    // Of old texts the plural "sutto", and all passives.
    for (const form of [
      past,
      `${past}s`,
      `${past}o`,
      `${past}os`,
      // "Satt" is rather of who sat than of what was set.
      ...(pasts.has(supine) ? [] : [supine, `${supine}s`]),
      presentOf(infinitive),
    ])
      add(form, infinitive);
  }
  for (const word of words) {
    for (const endings of WEAK) {
      const root = word.slice(0, word.length - endings[0]!.length);
      const forms = endings.map((ending) => root + ending).filter((form) => words.has(form));
      const principal = endings.slice(0, PRINCIPAL).filter((ending) => words.has(root + ending));
      const isVerb = word === root + endings[0]! && root.length > 1 && principal.length >= WITNESSES;
      if (isVerb) for (const form of forms) add(form, word);
    }
    for (const form of adjectives(word, words)) add(form, word);
  }
  return { pairs, others: [...words].map((word) => normalize(word, 'sv')) };
}

/** "springer" of "springa", "står" of "stå". */
const presentOf = (infinitive: string): string => infinitive.replace(/(?<=\p{L}{2})a$/u, 'e') + 'r';

/** "vackra" and "vackert" of "vacker", where both are written. "Ordet" is of "ord", and of no "orden". */
function adjectives(word: string, words: ReadonlySet<string>): string[] {
  const short = word.replace(/e(?=[rln]$)/, '');
  const neuter = word.endsWith('en') ? word.replace(/n$/, 't') : `${word}t`;
  const root = word.slice(0, -'en'.length);
  const isNoun = word.endsWith('en') && words.has(root) && words.has(`${root}ets`);
  if (short === word || short.length < SHORTEST_ROOT || isNoun) return [];
  if (!words.has(`${short}a`) || !words.has(neuter)) return [];
  return [neuter, ...['a', 'e', 'are', 'ast', 'aste'].map((ending) => short + ending)];
}
