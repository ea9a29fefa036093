import type { Random } from '../../support/random.ts';

/** Pieces of queries that nothing in `DOCUMENTS` has. */
const STRANGERS = ['zqxv', 'wvzk', 'qqxz', 'vzwx', 'xkqj', 'jqzv'];
/** Words of closed classes in the languages of the service; the documents are full of those of English. */
const FUNCTION_WORDS = [
  'a',
  'the',
  'of',
  'on',
  'in',
  'is',
  'with',
  'and',
  'or',
  'not',
  'to',
  'at',
  'his',
  "it's",

  'who',
  'that',
];
const DOCUMENT_WORDS = [
  'dog',
  'cats',
  'beach',
  'red',
  'running',
  'Station',
  'PARKING',
  'man’s',
  'mother-in-law',
  '36',
  't-shirt',
];
const OPERATORS = [
  'AND',
  'OR',
  'NOT',
  '+',
  '-',
  '(',
  ')',
  '"',
  '*',
  '?',
  ':',
  'tag:',
  'text:',
  'color:',
  'url:',
  '“',
  '”',
  '«',
  '»',
  '！',
  '（',
  '）',
  '－',
  '「',
  '」',
];
const SMILEYS = [':)', ':-(', ';)', '<3', ':D', '^_^', '😀', '👩‍👩‍👧', '❤️'];
const MEASURES = [
  '36"',
  '5\'11"',
  '50mm',
  '1/2',
  '16:9',
  '10%',
  '$5',
  '#1',
  'C++',
  'C#',
  '24/7',
  'U.S.A.',
  'ac/dc',
  '½',
  '20°C',
  '&',
  '@home',
];
const SCRIPTS = [
  '東京タワー',
  '犬の写真',
  '猫',
  'ภาพแมว',
  '猫的照片',
  'собака',
  'σκύλος',
  'كلب',
  'कुत्ता',
  'été',
  'Straße',
  'İstanbul',
  'ŉ',
  'ﬁsh',
];
/** Whatever a keyboard has a key for, dead keys and the spaces of others included. */
const KEYS = Array.from({ length: 95 }, (_, i) => String.fromCodePoint(32 + i)).concat(
  Array.from('äöüßéèêçñ¿¡§°´`^~€£¥µ²³½¼…–—‘’‚“”„«»‹›·•\u00a0\u3000\u200b\u200d\ufeff\t'),
);

/** Captions that all have function words and none of the strangers. */
export const DOCUMENTS = [
  'a dog on the beach with a man in red',
  'two cats at the station, running to a train that is late',
  'NO PARKING: a sign of the city, and not his',
  'the mother-in-law can open a can of soup in a t-shirt',
  'who is it? a man’s hat on a 36 inch monitor',
];

export interface TypedQuery {
  readonly text: string;
  /** Whether no word that says something can be in a picture, so that the answer has to be empty where there is one. */
  readonly findsNothing: boolean;
}

/** A query as somebody might type it, or a cat that walks over the keyboard. */
export function typedQuery(random: Random): TypedQuery {
  const pick = <T>(from: readonly T[]): T => from[random.below(from.length)]!;
  const several = (most: number, piece: () => string): string[] =>
    Array.from({ length: 1 + random.below(most) }, piece);
  const keys = () => several(12, () => pick(KEYS)).join('');
  const joined = (pieces: readonly string[]) =>
    pieces.reduce((text, piece) => text + (random.below(4) === 0 ? '' : ' ') + piece, '').trim();
  if (random.below(4) === 0) {
    // Words that say nothing and words that nothing has, with signs that cannot make a function word count.
    const signs = ['-', '(', ')', ':', ',', '!', '…', 'AND', 'OR', ':)', '&', '—'];
    const pieces = several(8, () => pick([...FUNCTION_WORDS, ...STRANGERS, ...signs]));
    const text = pieces.toSpliced(random.below(pieces.length + 1), 0, pick(STRANGERS)).join(' ');
    return { text, findsNothing: true };
  }
  const kinds = [STRANGERS, FUNCTION_WORDS, DOCUMENT_WORDS, OPERATORS, OPERATORS, SMILEYS, MEASURES, SCRIPTS];
  const piece = () => (random.below(6) === 0 ? keys() : pick(pick(kinds)));
  return {
    text: random.below(5) === 0 ? several(8, keys).join('') : joined(several(10, piece)),
    findsNothing: false,
  };
}
