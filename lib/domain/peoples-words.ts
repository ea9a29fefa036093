/** What people changed of the words of an image; it outranks what its file and the model say, now and later. */
export interface PeoplesWords {
  /** Keywords that they added, in that order. */
  readonly added: readonly string[];
  /** Keywords of the file and tags of the model that they took away. */
  readonly removed: readonly string[];
}

/** One edit. Words that are spelt alike but for capitals are one. */
export interface WordEdit {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** Tags and keywords as model and file say them, before people changed them. */
export interface SaidBefore {
  /** By view, in the order of the gloss. */
  readonly tags: readonly (readonly string[])[];
  readonly keywords: readonly string[];
}

const MAX_ADDED = 100;
const MAX_REMOVED = 200;
const MAX_BYTES = 16_384;

export const NOTHING_CHANGED: PeoplesWords = { added: [], removed: [] };

/** What people changed, without what a gloss keeps beside it. */
export const changesOf = ({ added, removed }: PeoplesWords): PeoplesWords => ({ added, removed });

/** A word as people write it: composed, in one line, without spaces around it. */
export const tidyWord = (word: string): string => word.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();

/** What two spellings of one word have in common. */
export const wordKey = (word: string): string => tidyWord(word.normalize('NFKC')).toLowerCase();

/**
 * What people have changed after one more edit; undefined where it changes nothing, as when it comes twice. What they added is taken back
 * without a trace. What file or model say stays away.
 * @param said what file and model say; undefined where nobody can tell yet: then a word that is taken away is remembered in any case
 */
export function afterEdit(
  before: PeoplesWords = NOTHING_CHANGED,
  { add, remove }: WordEdit,
  said: SaidBefore | undefined,
): PeoplesWords | undefined {
  const [adding, removing] = [keysOf(add), keysOf(remove)];
  const known = said && keysOf([...said.keywords, ...said.tags.flat()]);
  const isUnder = (keys: ReadonlySet<string>) => (word: string) => keys.has(wordKey(word));
  const added = distinct([...before.added, ...add]).filter((word) => !isUnder(removing)(word));
  const stayingAway = remove.filter((word) => !known || isUnder(known)(word));
  const removed = distinct([...before.removed, ...stayingAway]).filter((word) => !isUnder(adding)(word));
  const isSame = added.length === before.added.length && removed.length === before.removed.length;
  // An edit adds some and removes others, so equal numbers may be other words.
  return isSame &&
    added.every(isUnder(keysOf(before.added))) &&
    removed.every(isUnder(keysOf(before.removed)))
    ? undefined
    : { added: added.map(tidyWord), removed: removed.map(tidyWord) };
}

/** Why so many words cannot be kept of one image; undefined where they can. */
export function tooManyWords({ added, removed }: PeoplesWords): string | undefined {
  if (added.length > MAX_ADDED)
    return `it would have ${added.length} keywords that people added; at most ${MAX_ADDED} are kept: remove some first`;
  if (removed.length > MAX_REMOVED)
    return `it would have ${removed.length} words that people removed; at most ${MAX_REMOVED} are kept`;
  const bytes = Buffer.byteLength(JSON.stringify([added, removed]));
  return bytes > MAX_BYTES
    ? `what people added and removed would take ${bytes} bytes; at most ${MAX_BYTES} are kept: remove some keywords first`
    : undefined;
}

/** What to look words up by. */
export const keysOf = (words: readonly string[]): ReadonlySet<string> => new Set(words.map(wordKey));

/** The first of those that are one word. */
function distinct(words: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const word of words) if (!byKey.has(wordKey(word))) byKey.set(wordKey(word), word);
  return [...byKey.values()];
}
