import type { Analyzer } from '../../text/analyzer.ts';
import { functionWordsOf } from '../../text/function-words.ts';
import { classTerm } from '../../text/index-terms.ts';
import { namesOfBoth } from '../../text/named-things.ts';
import { framesIn } from './frames.ts';
import type { QueryNote } from './query-note.ts';
import { SHORT_FORM, type ReadToken, type WordPart } from './word-tokens.ts';

/** English prepositions that follow a thing: after them "can" is one, as in "tin can on a table". */
const AFTER_A_THING = new Set(
  'at behind beside by for from in inside near next of on over under with'.split(' '),
);

/** Words of both kinds that belong to the verb before them: in "sit down" nobody speaks of feathers. */
const PARTICLES = new Set(['down']);
/** What decides in a query, and what only holds it together. */
export interface Said {
  /** Tokens that are left, with those of their parts that say something. */
  readonly tokens: readonly ReadToken[];
  readonly notes: readonly QueryNote[];
  /** Words that are asked not to be there. */
  readonly absences: readonly Absence[];
}

/** "without red cars": the words, and the word that says so. */
export interface Absence {
  /** As typed, with the word that says so. */
  readonly text: string;
  readonly at: number;
  readonly words: readonly ReadToken[];
  /** Terms of the word that says so. */
  readonly negator: readonly string[];
}

type Role = 'function word' | 'frame' | undefined;

/**
 * Leaves out what says nothing beside words that say something: words of closed classes, and frames such as "a photo of". Words that
 * have a sign or a field, phrases and beginnings of words always say something. What is also the name of a thing ("can") is taken by
 * what stands beside it. Undefined where no word says something: then all of them count.
 */
export function withoutFunctionWords(
  query: string,
  typed: readonly ReadToken[],
  analyzer: Analyzer,
  languages: readonly string[],
): Said | undefined {
  const tokens = typed.map((token) => withAccents(token, languages));
  const isFunction = functionTest(query, tokens, analyzer, languages);
  const frames = framesIn(query, languages);
  const functions = tokens.map((token, i): Role =>
    isFunction(i) && token.after === undefined ? 'function word' : undefined,
  );
  const roles = functions.map((role, i): Role => {
    const { at, length, after } = tokens[i]!;
    return isPlain(tokens[i]!) &&
      after === undefined &&
      frames.some(([from, to]) => from <= at && at + length <= to)
      ? 'frame'
      : role;
  });
  const says = (of: readonly Role[]) =>
    tokens.some((token, i) => isOperand(token) && of[i] === undefined && !isExcluded(tokens, i));
  const chosen = [roles, functions].find(says);
  if (!chosen) return undefined;
  const withAbsent = (mostWords: number) => {
    const absences = absencesIn(query, tokens, chosen, languages, mostWords);
    const absent = new Set(absences.flatMap(({ indexes }) => indexes));
    const roles = chosen.map((role, i): Role => (absent.has(i) ? 'function word' : role));
    return { absences, absent, withAbsences: roles, isAnswerable: says(roles) };
  };
  // "no dogs beach": where nothing else is asked for, one word is what is not to be there.
  const [all, one] = [withAbsent(Infinity), withAbsent(1)];
  const { absences, absent, withAbsences, isAnswerable } = all.isAnswerable ? all : one;
  const final = isAnswerable ? withAbsences : chosen;
  return {
    tokens: tokens.flatMap((token, i) =>
      final[i] === undefined ? [withoutFunctionParts(withThings(token, analyzer), languages)] : [],
    ),
    notes: [
      ...(isAnswerable ? absences : []).map(({ text, at }): QueryNote => ({ as: 'absence', text, at })),
      ...chosen.flatMap((as, i): QueryNote[] => {
        const { text, at, kind } = tokens[i]!;
        return as === undefined || kind !== 'word' || (isAnswerable && absent.has(i))
          ? []
          : [{ as, text, at }];
      }),
    ],
    absences: isAnswerable ? absences : [],
  };
}

/** Words of the lists as these have them, where they are typed without accents. */
function withAccents(token: ReadToken, languages: readonly string[]): ReadToken {
  const lists = languages.map(functionWordsOf);
  const listed = (form: string) =>
    lists.some(({ words }) => words.has(form))
      ? form
      : (lists.flatMap(({ accented }) => accented(form) ?? [])[0] ?? form);
  return { ...token, parts: token.parts.map((part) => ({ ...part, form: listed(part.form) })) };
}

const isPlain = ({ kind, parts }: ReadToken): boolean => kind === 'word' && parts.length > 0;
const isOperand = ({ kind }: ReadToken): boolean => kind === 'word' || kind === 'phrase';

/** Whether a token stands behind a minus or NOT, as far as that can be told before brackets are read. */
const isExcluded = (tokens: readonly ReadToken[], i: number): boolean =>
  (tokens[i]!.after?.kind === 'sign' && tokens[i]!.after.text === '-') || tokens[i - 1]?.kind === 'not';

/** Tells whether the token at an index is a word of a closed class and nothing else where it stands. */
function functionTest(
  query: string,
  tokens: readonly ReadToken[],
  analyzer: Analyzer,
  languages: readonly string[],
): (i: number) => boolean {
  const lists = languages.map(functionWordsOf);
  const isListed = (form: string) =>
    form === SHORT_FORM || lists.some(({ words }) => words.has(form)) || isMoreOf(form);
  /** "Ups" of "push ups": a function word with an "s" is one (`Analyzer.terms`). */
  const isMoreOf = (form: string) =>
    lists.some(({ withoutS }) => {
      const one = withoutS(form);
      return one !== undefined && analyzer.terms(one)[0] === analyzer.terms(form)[0];
    });
  const isCased = /\p{Ll}/u.test(query.replaceAll(/"[^"]*"/gu, ''));
  const isInExpression = ({ form }: { readonly form: string }, i: number) => {
    const [before, after] = [tokens[i - 1]?.parts.at(-1)?.form, tokens[i + 1]?.parts[0]?.form];
    return lists.some((list) => list.isInExpression(form, before, after));
  };
  const closed = tokens.map(
    (token, i) =>
      isPlain(token) && token.parts.every((part) => isListed(part.form) || isInExpression(part, i)),
  );
  /** Initials, as in "US flag", where not everything is in capitals. */
  const isInitials = ({ text }: ReadToken) =>
    isCased && /^\p{Lu}{2,}$/u.test(text) && !/^(?:AND|OR|NOT)$/u.test(text);
  const formAt = (i: number) => (tokens[i] && isPlain(tokens[i]) ? tokens[i].parts.at(-1)!.form : undefined);
  const isContent = (i: number) => tokens[i] !== undefined && isOperand(tokens[i]) && !closed[i];
  const isCompound = (i: number, j: number) => {
    const [one, other] = [tokens[i]?.parts.at(-1)?.terms[0], tokens[j]?.parts[0]?.terms[0]];
    return one !== undefined && other !== undefined && analyzer.lexicon.isCompound(`${one} ${other}`);
  };
  const isThing = (i: number): boolean => {
    const form = formAt(i)!;
    if (!lists.some(({ both }) => both.has(form))) return false;
    const before = formAt(i - 1);
    if (before !== undefined && lists.some(({ determiners }) => determiners.has(before))) return true;
    if (isCompound(i - 1, i) || isCompound(i, i + 1)) return true;
    if (PARTICLES.has(form)) return false;
    const after = formAt(i + 1);
    const isLast = i === tokens.length - 1;
    if (!functionWordsOf('en').both.has(form) || !languages.includes('en')) {
      // "Haar in de wind", and not "haar hond".
      const isAlone = isLast || (tokens[i + 1] !== undefined && !isContent(i + 1));
      return (
        (isContent(i - 1) && isLast) || (isAlone && lists.some(({ determiners }) => determiners.has(form)))
      );
    }
    // "Can on table", "drinking from can".
    if (
      form === 'can' &&
      (i === 0 ? AFTER_A_THING.has(after ?? '') : isLast && AFTER_A_THING.has(before ?? ''))
    )
      return true;
    return after === 'of' || (isContent(i - 1) && (isLast || AFTER_A_THING.has(after ?? '')));
  };
  return (i) => closed[i]! && !isInitials(tokens[i]!) && !isThing(i);
}

/**
 * Words that are function words elsewhere, with the class of what they name here. With a sign "can" stays as it is written, and outside of English,
 * where a thing is told less surely, the word itself: "sobres" are envelopes, and a "sobre" may be "on".
 */
function withThings(token: ReadToken, analyzer: Analyzer): ReadToken {
  if (token.after?.kind === 'field') return token;
  const { both, words: functions } = functionWordsOf(analyzer.language);
  const names = namesOfBoth(analyzer);
  const read = (part: WordPart): WordPart => {
    const isItself = (token.after !== undefined || analyzer.language !== 'en') && both.has(part.form);
    if (
      isItself ||
      functions.has(part.form) !== both.has(part.form) ||
      !part.terms.some((term) => names.has(term))
    )
      return part;
    const classOf = (term: string) => (names.has(term) ? classTerm(names.get(term)!) : term);
    return { ...part, things: part.terms.map(classOf) };
  };
  return { ...token, parts: token.parts.map(read) };
}

/** "state-of-the-art" says "state" and "art". */
function withoutFunctionParts(token: ReadToken, languages: readonly string[]): ReadToken {
  if (token.parts.length < 2 || token.after?.kind === 'sign') return token;
  const lists = languages.map(functionWordsOf);
  // Also in its plural: "pick-ups" says "pick".
  const isSilent = ({ form, terms }: WordPart) =>
    lists.some(
      ({ words, both }) => !both.has(form) && (words.has(form) || terms.every((term) => words.has(term))),
    );
  const parts = token.parts.filter((part) => part.things !== undefined || !isSilent(part));
  return parts.length === 0 ? token : { ...token, parts };
}

type FoundAbsence = Absence & { readonly indexes: readonly number[] };

/** Japanese says it behind the word: 人のいない海, 雲なし. */
const ABSENT_IN_JAPANESE = /(?:[のがも]?い?ない|なし|無し|抜き)の?/gu;

const NEGATORS_IN_JAPANESE = new Set(['ない', 'なし', '無し', '抜き']);

function absencesIn(
  query: string,
  tokens: readonly ReadToken[],
  roles: readonly Role[],
  languages: readonly string[],
  mostWords: number,
): FoundAbsence[] {
  const lists = languages.map(functionWordsOf);
  const isContent = (i: number) => {
    const token = tokens[i];
    return token !== undefined && isPlain(token) && token.after === undefined && roles[i] === undefined;
  };
  const found: FoundAbsence[] = [];
  const negates = (form: string) =>
    lists.some((list) => list.negators.has(form)) || NEGATORS_IN_JAPANESE.has(form);
  const add = (negators: readonly number[], words: readonly number[]) => {
    const indexes = [...negators, ...words].toSorted((a, b) => a - b);
    const [first, last] = [tokens[indexes[0]!]!, tokens[indexes.at(-1)!]!];
    found.push({
      indexes,
      at: first.at,
      text: query.slice(first.at, last.at + last.length),
      words: words.map((i) => tokens[i]!),
      negator: negators.flatMap((i) =>
        tokens[i]!.parts.flatMap(({ form, terms }) => (negates(form) ? terms : [])),
      ),
    });
  };
  for (let i = 0; i < tokens.length; i += 1) {
    const form =
      isPlain(tokens[i]!) && tokens[i]!.after === undefined ? tokens[i]!.parts[0]!.form : undefined;
    if (form === undefined || !lists.some(({ negators }) => negators.has(form))) continue;
    let from = i + 1;
    while (
      roles[from] === 'function word' &&
      lists.some(({ determiners }) => determiners.has(tokens[from]!.parts[0]!.form))
    )
      from += 1;
    let to = from;
    while (isContent(to) && to - from < mostWords) to += 1;
    if (to > from)
      add(
        Array.from({ length: from - i }, (_, n) => i + n),
        Array.from({ length: to - from }, (_, n) => from + n),
      );
    i = Math.max(i, to - 1);
  }
  if (!languages.includes('ja')) return found;
  for (const { index, 0: text } of query.matchAll(ABSENT_IN_JAPANESE)) {
    const words = tokens.findIndex((token, i) => isContent(i) && token.at + token.length === index);
    const negators = tokens.flatMap(({ at, length }, i) =>
      index <= at && at + length <= index + text.length ? [i] : [],
    );
    if (words >= 0 && negators.length > 0) add(negators, [words]);
  }
  return found;
}
