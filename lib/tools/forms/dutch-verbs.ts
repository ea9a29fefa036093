import { functionWordsOf } from '../../text/function-words.ts';
import { normalize } from '../../text/normalize.ts';
import type { Pair } from './compile-forms.ts';
import type { DictionaryForm } from './hunspell-forms.ts';
import type { Inflections } from './mend-stems.ts';

/** Strong and irregular verbs as grammars list them: infinitive, past, participle. */
const STRONG =
  'bakken bakte gebakken, beginnen begon begonnen, bevelen beval bevolen, bewegen bewoog bewogen, bieden bood geboden, bijten beet gebeten, ' +
  'binden bond gebonden, blazen blies geblazen, blijken bleek gebleken, blijven bleef gebleven, braden braadde gebraden, breken brak gebroken, ' +
  'brengen bracht gebracht, buigen boog gebogen, denken dacht gedacht, doen deed gedaan, dragen droeg gedragen, drijven dreef gedreven, ' +
  'dringen drong gedrongen, drinken dronk gedronken, druipen droop gedropen, duiken dook gedoken, dwingen dwong gedwongen, eten at gegeten, ' +
  'fluiten floot gefloten, gaan ging gegaan, geven gaf gegeven, gieten goot gegoten, glijden gleed gegleden, graven groef gegraven, ' +
  'grijpen greep gegrepen, hangen hing gehangen, helpen hielp geholpen, houden hield gehouden, kiezen koos gekozen, kijken keek gekeken, ' +
  'klimmen klom geklommen, klinken klonk geklonken, knijpen kneep geknepen, komen kwam gekomen, kopen kocht gekocht, krijgen kreeg gekregen, ' +
  'kruipen kroop gekropen, laten liet gelaten, lezen las gelezen, liegen loog gelogen, liggen lag gelegen, lopen liep gelopen, meten mat gemeten, ' +
  'nemen nam genomen, rijden reed gereden, rijzen rees gerezen, roepen riep geroepen, ruiken rook geroken, scheren schoor geschoren, ' +
  'schieten schoot geschoten, schijnen scheen geschenen, schrijven schreef geschreven, schuiven schoof geschoven, slaan sloeg geslagen, ' +
  'slapen sliep geslapen, sluipen sloop geslopen, sluiten sloot gesloten, smelten smolt gesmolten, snijden sneed gesneden, spreken sprak gesproken, ' +
  'springen sprong gesprongen, spuiten spoot gespoten, staan stond gestaan, steken stak gestoken, stelen stal gestolen, sterven stierf gestorven, ' +
  'stijgen steeg gestegen, strijken streek gestreken, treden trad getreden, treffen trof getroffen, trekken trok getrokken, vallen viel gevallen, ' +
  'vangen ving gevangen, vechten vocht gevochten, verliezen verloor verloren, vergeten vergat vergeten, vinden vond gevonden, ' +
  'vliegen vloog gevlogen, vouwen vouwde gevouwen, vriezen vroor gevroren, wassen waste gewassen, werpen wierp geworpen, weten wist geweten, ' +
  'wijzen wees gewezen, winden wond gewonden, winnen won gewonnen, wrijven wreef gewreven, zenden zond gezonden, zien zag gezien, ' +
  'zingen zong gezongen, zinken zonk gezonken, zitten zat gezeten, zoeken zocht gezocht, zuigen zoog gezogen, zwemmen zwom gezwommen, zwijgen zweeg gezwegen';

/** Of the past its plural, too: "liepen" of "liep", "zaten" of "zat", "reden" of "reed". */
function* strongForms(): Generator<Pair> {
  for (const verb of STRONG.split(', ')) {
    const [infinitive, past, participle] = verb.split(' ') as [string, string, string];
    const root = past
      .replace(/([aeo])\1(?=[^aeiou]$)/, '$1')
      .replace(/f$/, 'v')
      .replace(/s$/, 'z');
    for (const form of [past, participle, `${root}en`, `${past}en`]) yield [form, infinitive];
  }
}

const WORD = /^\p{Ll}{2,}$/u;
/** The dictionary's flags of an infinitive, of what has a third person or a past, and of a participle. */
const INFINITIVE = 'Vi';
const FINITE = ['V3', 'Vp', 'Vq', 'Va', 'Vb'];
const PARTICIPLE = 'Ve';
/** Its mark of forms of a verb: finite ones, and participles of both tenses. */
const OF_VERB = /^(?:VB|PP)/;
const IS_VERB = /^V/;
/** Its mark of a plural of a noun. */
const PLURAL = 'NN2';
/** Flags of what is a part of compounds alone: "rent" of "rente". */
const OF_COMPOUNDS = /^C/;
/** What has no "ge" before it in the participle. */
const UNSTRESSED = /^(?:be|ge|er|her|ont|ver)/;

/**
 * Dutch verbs with their forms. The dictionary has the infinitive, the stem and the participle as words of their own, with flags: spelling
 * tells which are of one verb ("lopen, loop", "leven, leef", "openen, open, geopend").
 */
export function dutchVerbs(dictionary: Iterable<DictionaryForm>): Inflections {
  const closed = functionWordsOf('nl').words;
  const infinitives = new Set<string>();
  const stems = new Set<string>();
  const participles = new Set<string>();
  const others = new Set<string>();
  const nouns = new Set<string>();
  const plurals = new Set<string>();
  const formsOf = new Map<string, string[]>();
  for (const { form: written, word: headed, tag, flags } of dictionary) {
    const [form, word] = [written, headed].map((some) => some.replaceAll('ĳ', 'ij')) as [string, string];
    if (!WORD.test(form) || !WORD.test(word)) continue;
    if (tag?.startsWith('NN')) nouns.add(word);
    if (tag === PLURAL) plurals.add(form);
    if (tag !== undefined) {
      if (OF_VERB.test(tag)) formsOf.set(word, [...(formsOf.get(word) ?? []), form]);
      continue;
    }
    if (flags.includes(INFINITIVE)) infinitives.add(form);
    if (flags.includes(PARTICIPLE)) participles.add(form);
    if (FINITE.some((flag) => flags.includes(flag))) stems.add(form);
    const isPart = flags.length > 0 && flags.every((flag) => OF_COMPOUNDS.test(flag));
    if (!isPart && !flags.some((flag) => IS_VERB.test(flag))) others.add(form);
  }
  const pairs: Pair[] = [];
  const strong = new Map(strongForms());
  // "Koos" is of "kiezen", and hardly of "kozen".
  const add = (form: string, verb: string) => {
    if (!closed.has(form) && !closed.has(verb) && (strong.get(form) ?? verb) === verb)
      pairs.push([normalize(form, 'nl'), normalize(verb, 'nl')]);
  };
  for (const verb of infinitives) {
    const stem = stemsOf(verb).find((some) => stems.has(some));
    const past = participlesOf(stem).filter((some) => participles.has(some));
    const words = [verb, ...(stem === undefined ? [] : [stem]), ...past];
    // "Paarden" are horses, and hardly what was paired.
    const inflected = words.flatMap((word) => formsOf.get(word) ?? []).filter((form) => !plurals.has(form));
    for (const form of [...words, ...inflected]) add(form, verb);
  }
  for (const [form, verb] of strong) {
    add(form, verb);
    if (!nouns.has(form)) others.delete(form);
  }
  const own = new Set(Array.from(others, (word) => normalize(word, 'nl')));
  return { pairs, others: own, own };
}

/** How the stem of a verb may be written: "zwem" of "zwemmen", "loop" of "lopen", "leef" of "leven", "open" of "openen", "ga" of "gaan". */
function stemsOf(infinitive: string): string[] {
  const root = infinitive.replace(/e?n$/, '');
  const short = root.replace(/([^aeiou])\1$/, '$1');
  if (short !== root) return [short];
  const long = root.replace(/(?<=^|[^aeiou])([aeou])(?=[^aeiou]$)/, '$1$1');
  const bare = infinitive.slice(0, -1).replace(/aa$/, 'a');
  return [long, root, bare].map((stem) => stem.replace(/v$/, 'f').replace(/z$/, 's'));
}

function participlesOf(stem: string | undefined): string[] {
  if (stem === undefined) return [];
  const begun = UNSTRESSED.test(stem) ? [stem, `ge${stem}`] : [`ge${stem}`];
  return begun.flatMap((some) => [some, `${some}d`, `${some}t`]);
}
