import type { Analyzer, TermAt } from '../../text/analyzer.ts';
import { functionWordsOf, listedForm } from '../../text/function-words.ts';
import { verbsIn } from '../../text/japanese-verbs.ts';
import { queryTerms } from '../../text/joined-words.ts';
import { DECADE, UNSPACED } from '../../text/tokenize.ts';
import { lexQuery } from './lex-query.ts';
import type { QueryToken } from './query-token.ts';
import { withApostrophe } from './marks-of-text.ts';
import type { QueryNote } from './query-note.ts';
import { isWildcard } from './wildcard.ts';

/** A part of a word as it is written: "state" of "state-of-the-art". */
export interface WordPart {
  /** In the form in which lists of words have it. */
  readonly form: string;
  readonly terms: readonly string[];
  /** Where one of its terms is a function word elsewhere, the terms with the class of the thing that it names in its place: "cans", and "can" in "rusty can". */
  readonly things?: readonly string[];
}

/** A token with its terms; those that are no words have no parts. */
export interface ReadToken extends QueryToken {
  readonly parts: readonly WordPart[];
  /** The sign or field that stands directly before it, if one does. */
  readonly after?: QueryToken;
  /** Whether it is the end of the word before it: the vehicle (车) of a bicycle (自行车), which the dictionary cuts off. */
  readonly isBound?: true;
}

/** The 's of a possessive or of "it's"; other short forms of English verbs. */
const POSSESSIVE = /^(.+)['’ʼ＇]s$/iu;
const SHORT_VERB = /^(.+)['’ʼ＇](?:m|re|ve|ll|d)$/iu;
const SHORT_NOT =
  /^(?:ai|are|ca|could|did|does|do|had|has|have|is|might|must|need|sha|should|was|were|wo|would)n['’ʼ＇]t$/iu;
/** What is cut off before a vowel, by language. */
const ELIDED: Readonly<Record<string, RegExp>> = {
  fr: /^(?:l|d|qu|j|m|n|s|t|c|jusqu|lorsqu|puisqu|quoiqu)['’ʼ＇](?=.)(?!hui)/iu,
  it: /^(?:l|d|c|un|gl|dell|all|nell|sull|dall|coll|quell|quest)['’ʼ＇](?=.)/iu,
};
const DIGIT = /\p{Nd}/u;
/** Scripts that put no space between words, and whose words are short: a dictionary cuts what is typed as it cuts texts. */
const UNSPACED_BEGINNING = /^[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+(?=\*+$)/u;
/** Hiragana of one word. */
const SHORT_KANA = /^[\u3041-\u3096ー]{2,6}$/u;
/** The form of a word that is no word but for others. */
export const SHORT_FORM = 'not';

/** Cuts a query into tokens and its words into terms. In scripts without spaces every word is a token of its own. */
export function wordTokens(
  query: string,
  analyzer: Analyzer,
  languages: readonly string[],
): { tokens: ReadToken[]; notes: readonly QueryNote[] } {
  const { tokens, notes } = lexQuery(query);
  const read: ReadToken[] = [];
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1];
    const after =
      before && before.at + before.length === token.at && (before.kind === 'sign' || before.kind === 'field')
        ? { after: before }
        : {};
    if (token.kind === 'phrase' && analyzer.terms(token.text).length === 0) continue;
    if (token.kind !== 'word') read.push({ ...token, parts: [], ...after });
    else if (isWildcard(token.text)) {
      const [open, ...words] = cutBeforeOpen(withoutElided(token, languages), analyzer);
      read.push(...words.flatMap((word) => spaced(ofWord(word, analyzer, languages), analyzer)), {
        ...open,
        parts: [],
        ...after,
        ...(words.length > 0 && { isBound: true as const }),
      });
    } else if ('after' in after) read.push({ ...ofWord(token, analyzer, languages), ...after });
    else
      for (const cut of cutAtParticles(token, analyzer))
        read.push(...spaced(ofWord(cut, analyzer, languages), analyzer));
  }
  // Some letters are none once they are normalized.
  return {
    tokens: read.filter(({ kind, text, parts }) => kind !== 'word' || parts.length > 0 || isWildcard(text)),
    notes,
  };
}

/** A word of Thai and its like whose end is left open: the last word of it by the dictionary, then the words before that. */
function cutBeforeOpen(token: QueryToken, analyzer: Analyzer): [open: QueryToken, ...before: QueryToken[]] {
  const begun = UNSPACED_BEGINNING.exec(token.text)?.[0] ?? '';
  const last = analyzer.words(begun).at(-1);
  if (last === undefined || last.start === 0 || Array.from(last.word).length < 2) return [token];
  return [within(token, last.start, token.length - last.start), within(token, 0, last.start)];
}

/** A word with digits, cut before and behind each particle: digits hold together what they count or name, and "2024年の写真" is more. */
function cutAtParticles(token: QueryToken, analyzer: Analyzer): QueryToken[] {
  const { text } = token;
  if (!UNSPACED.test(text) || !hasDigit(text, analyzer)) return [token];
  const { words } = functionWordsOf(analyzer.language);
  const isParticle = ({ form }: PlacedPart) => UNSPACED.test(form) && words.has(form);
  const particles = partsOf(text, analyzer.termsWithPlaces(text)).filter(isParticle);
  const places = [0, ...particles.flatMap(({ start, end }) => [start, end]), text.length];
  return places
    .slice(1)
    .flatMap((end, i) => (end > places[i]! ? within(token, places[i]!, end - places[i]!) : []));
}

/** A word, read with the apostrophe that it has lost. */
function ofWord(token: QueryToken, analyzer: Analyzer, languages: readonly string[]): ReadToken {
  const whole = withApostrophe(token.text);
  if (whole === undefined) return ofWhole(token, analyzer, languages);
  const read = ofWhole({ ...token, text: whole }, analyzer, languages);
  const from = read.at - token.at;
  return { ...read, text: token.text.slice(from, from + read.length) };
}

function ofWhole(token: QueryToken, analyzer: Analyzer, languages: readonly string[]): ReadToken {
  const bare = token.text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, '');
  if (SHORT_NOT.test(bare))
    return { ...token, parts: [{ form: SHORT_FORM, terms: analyzer.terms(token.text) }] };
  const head = (POSSESSIVE.exec(bare) ?? SHORT_VERB.exec(bare))?.[1];
  const base =
    head === undefined || DECADE.test(head) ? token : within(token, token.text.indexOf(head), head.length);
  const word = withoutElided(base, languages);
  // Digits hold a word together: "50mm" is one.
  const parts = hasDigit(word.text, analyzer)
    ? [{ form: listedForm(word.text), terms: queryTerms(word.text, analyzer) }]
    : partsOf(word.text, analyzer.termsWithPlaces(word.text)).map(({ form, terms }) => ({ form, terms }));
  return { ...word, parts: parts.filter(({ terms }) => terms.length > 0) };
}

/** A word without the article that is cut off before it: "été" of "l'été". */
function withoutElided(token: QueryToken, languages: readonly string[]): QueryToken {
  const elided = languages.reduce(
    (found, language) => found || (ELIDED[language]?.exec(token.text)?.[0] ?? ''),
    '',
  );
  return elided === '' ? token : within(token, elided.length, token.length - elided.length);
}

/** Also one that stands above or below the line: "m²". */
const hasDigit = (word: string, analyzer: Analyzer): boolean =>
  DIGIT.test(word) || (/\p{No}/u.test(word) && DIGIT.test(analyzer.normalize(word)));

const within = (token: QueryToken, from: number, length: number): QueryToken => ({
  ...token,
  text: token.text.slice(from, from + length),
  at: token.at + from,
  length,
});

interface PlacedPart extends WordPart {
  readonly start: number;
  end: number;
}

/** Terms that stand at overlapping places are one part. */
function partsOf(text: string, terms: readonly TermAt[]): PlacedPart[] {
  const groups: { start: number; end: number; terms: string[] }[] = [];
  for (const { term, start, end } of terms.toSorted((a, b) => a.start - b.start)) {
    const last = groups.at(-1);
    if (last && start < last.end) {
      last.end = Math.max(last.end, end);
      last.terms.push(term);
    } else groups.push({ start, end, terms: [term] });
  }
  return groups.map(({ start, end, terms: own }) => ({
    form: listedForm(text.slice(start, end)),
    terms: own,
    start,
    end,
  }));
}

/** A word for each run of parts that are written with something between: "東京の夜" has three. */
function spaced(token: ReadToken, analyzer: Analyzer): ReadToken[] {
  if (hasDigit(token.text, analyzer)) return [token];
  const parts = partsOf(token.text, analyzer.termsWithPlaces(token.text));
  const starts = parts.filter(({ start }, i) => i > 0 && parts[i - 1]!.end === start);
  if (starts.length === 0 || token.parts[0]?.form === SHORT_FORM) return [token];
  // A word that is written otherwise ("ばす", "くるま") is cut into letters, or one off its end that is no particle.
  const isParticle = ({ form }: PlacedPart) => functionWordsOf(analyzer.language).words.has(form);
  const isCut =
    parts.every(({ form }) => form.length === 1) ||
    parts.some((part) => part.form.length === 1 && !isParticle(part));
  if (SHORT_KANA.test(token.text) && isCut)
    return [{ ...token, parts: [{ form: token.text, terms: [analyzer.joinedTerm(token.text)] }] }];
  const runs: PlacedPart[][] = [];
  const verbs = analyzer.language === 'ja' ? Array.from(verbsIn(token.text)) : [];
  const isEnding = ({ start }: PlacedPart) =>
    verbs.some((verb) => start >= verb.start + verb.root.length && start < verb.end);
  for (const part of parts) {
    if (runs.length > 0 && isEnding(part)) runs.at(-1)!.at(-1)!.end = part.end;
    else if (runs.length === 0 || runs.at(-1)!.at(-1)!.end === part.start) runs.push([part]);
    else runs.at(-1)!.push(part);
  }
  return runs.map((run, i) => {
    const { start } = run[0]!;
    const place = within(token, start, run.at(-1)!.end - start);
    const read = { ...place, parts: run.map(({ form, terms }) => ({ form, terms })) };
    const before = runs[i - 1]?.at(-1);
    return before?.end === start && isBoundTo(before.form, place.text)
      ? { ...read, isBound: true as const }
      : read;
  });
}

/** A single Chinese character behind a word of several, but for a colour, which is said of things: "红色车" is a red car. */
const isBoundTo = (before: string, word: string): boolean =>
  /^\p{Script=Han}{2,}(?<!色)$/u.test(before) && /^\p{Script=Han}$/u.test(word);
