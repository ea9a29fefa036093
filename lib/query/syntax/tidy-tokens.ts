import type { QueryNote } from './query-note.ts';
import type { ReadToken } from './word-tokens.ts';

const OPERATORS: Readonly<Record<string, 'and' | 'or' | 'not'>> = { AND: 'and', OR: 'or', NOT: 'not' };

/**
 * Takes AND, OR and NOT in capitals for operators. A query all in capitals has none: there they are words like others.
 */
export function withOperators(query: string, tokens: readonly ReadToken[]): ReadToken[] {
  const words = tokens.filter(({ kind, text }) => kind === 'field' || (kind === 'word' && !OPERATORS[text]));
  const letters = words.map(({ at, length }) => query.slice(at, at + length)).join('');
  const isAllCapitals = /\p{Lu}/u.test(letters) && !/\p{Ll}/u.test(letters);
  return tokens.map((token) =>
    token.kind === 'word' && token.after === undefined && OPERATORS[token.text] && !isAllCapitals
      ? { ...token, kind: OPERATORS[token.text]! }
      : token,
  );
}

/** What opens and closes nothing, joins nothing and asks for nothing is no syntax: signs, brackets, fields, operators. */
export function tidied(
  tokens: readonly ReadToken[],
  onWord: (token: ReadToken) => ReadToken | undefined,
): { tokens: ReadToken[]; notes: QueryNote[] } {
  const notes: QueryNote[] = [];
  const leaveOut = ({ text, at }: ReadToken) => notes.push({ as: 'punctuation', text, at });
  const asWord = (token: ReadToken): ReadToken[] => {
    notes.push({ as: 'word', text: token.text, at: token.at });
    const word = onWord(token);
    return word ? [word] : [];
  };
  let left = [...tokens];
  // Whatever is changed is noted; what is left out may leave others without a side.
  for (let before = -1; before !== notes.length;) {
    before = notes.length;
    left = withoutBrackets(left, leaveOut);
    left = left.flatMap((token, i) =>
      token.kind !== 'sign' || isAttachedTo(token, left[i + 1], left[i - 1])
        ? [token]
        : (leaveOut(token), []),
    );
    left = left.flatMap((token, i) =>
      token.kind !== 'field' || isAttachedTo(token, left[i + 1], undefined) ? [token] : asWord(token),
    );
    left = operatorsWithSides(left, asWord);
  }
  return { tokens: left, notes };
}

/** Whether a sign or a field has its word or bracket directly behind it. */
function isAttachedTo(token: ReadToken, next: ReadToken | undefined, last: ReadToken | undefined): boolean {
  if (last?.kind === 'sign' && last.at + last.length === token.at) return false;
  const kinds = token.kind === 'sign' ? ['word', 'phrase', 'open', 'field'] : ['word', 'phrase'];
  return (
    next !== undefined &&
    kinds.includes(next.kind) &&
    (next.after === token || next.at === token.at + token.length)
  );
}

/** Leaves out brackets without a partner, and pairs with nothing between. */
function withoutBrackets(tokens: readonly ReadToken[], leaveOut: (token: ReadToken) => void): ReadToken[] {
  const open: number[] = [];
  const out = new Set<number>();
  for (const [i, { kind }] of tokens.entries()) {
    if (kind === 'open') open.push(i);
    if (kind !== 'close') continue;
    const partner = open.pop();
    if (partner === undefined) out.add(i);
    else if (tokens.slice(partner + 1, i).every((_, n) => out.has(partner + 1 + n))) out.add(partner).add(i);
  }
  for (const i of open) out.add(i);
  return tokens.filter((token, i) => !out.has(i) || (leaveOut(token), false));
}

function operatorsWithSides(
  tokens: readonly ReadToken[],
  asWord: (token: ReadToken) => readonly ReadToken[],
): ReadToken[] {
  const left: ReadToken[] = [];
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1];
    const last = left.at(-1);
    const isBegun = next !== undefined && ['word', 'phrase', 'open', 'field', 'sign'].includes(next.kind);
    if (token.kind === 'and' || token.kind === 'or') {
      const isEnded = last !== undefined && ['word', 'phrase', 'close'].includes(last.kind);
      left.push(...(isEnded && (isBegun || next?.kind === 'not') ? [token] : asWord(token)));
    } else if (token.kind === 'not') {
      left.push(...(isBegun && next.kind !== 'sign' ? [token] : asWord(token)));
    } else left.push(token);
  }
  return left;
}
