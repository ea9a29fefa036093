import type { QueryNote } from './query-note.ts';
import type { QueryToken } from './query-token.ts';

/** Addresses of pages, files and mail: "?" and "*" are letters of them. */
const ADDRESS = /:\/\/|^www\.|\p{L}\.\p{L}{2,}[/?]|\?[\p{L}\p{Nd}_-]+=|@\p{L}+\./u;
/** Letters that somebody hides ("f**k"), and what is written with stars for points ("M*A*S*H", "A* search"). */
const HIDDEN = /^\p{L}[*?]{2,}\p{L}|^\p{Lu}\*(?:\p{Lu}|$)/u;

/** Whether "?" and "*" of a word stand for nothing, since texts have them so. */
export const hasLiteralSigns = (word: string): boolean => ADDRESS.test(word) || HIDDEN.test(word);

/** Short forms and names whose apostrophe was lost on the way: "I?m", "what?s", "l?été", "O?Brien". */
const LOST_APOSTROPHE = new RegExp(
  [
    '^(?:i\\?(?:m|d|ve|ll)',
    '(?:he|she|it|that|this|there|here|what|who|where|when|how|let|why|one)\\?s',
    '(?:you|we|they|he|she|it|who|that|there)\\?(?:re|ve|ll|d)',
    '(?:ai|are|ca|could|did|does|do|had|has|have|is|might|must|need|should|was|were|wo|would)n\\?t',
    'o\\?\\p{L}{3,}',
    '[ldjmnstc]\\?[aeiouyhâàéèêîôû]\\p{L}+)$',
  ].join('|'),
  'iu',
);

/** The word with its apostrophe; undefined where none was lost. */
export const withApostrophe = (word: string): string | undefined =>
  LOST_APOSTROPHE.test(word) ? word.replace('?', "'") : undefined;

const OPENS = /^\*+(?=[\p{L}\p{N}])/u;
const CLOSES = /(?<=[\p{L}\p{N}.,;:!?])\*+(?=[.,;:!?]*$)/u;

/** Words that stars stand around are meant strongly, and stand for no others: "*really* nice", "*very nice*". */
export function withoutEmphasis(tokens: readonly QueryToken[]): {
  tokens: QueryToken[];
  notes: readonly QueryNote[];
} {
  const read = [...tokens];
  const notes: QueryNote[] = [];
  for (let first = 0; first < read.length; first += 1) {
    const opening = read[first]!.kind === 'word' ? OPENS.exec(read[first]!.text) : null;
    if (!opening) continue;
    let last = first;
    while (read[last]?.kind === 'word' && !CLOSES.test(read[last]!.text)) last += 1;
    if (read[last]?.kind !== 'word') continue;
    const closing = CLOSES.exec(read[last]!.text)!;
    const { at, text } = read[last]!;
    notes.push({ as: 'punctuation', text: opening[0], at: read[first]!.at });
    notes.push({ as: 'punctuation', text: closing[0], at: at + closing.index });
    read[last] = { ...read[last]!, text: text.slice(0, closing.index), length: closing.index };
    const begun = read[first]!;
    const stars = opening[0].length;
    read[first] = {
      ...begun,
      text: begun.text.slice(stars),
      at: begun.at + stars,
      length: begun.length - stars,
    };
    first = last;
  }
  return { tokens: read, notes };
}
