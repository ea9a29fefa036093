import { expect, it } from 'vitest';
import { functionWordsOf } from '../../../lib/text/function-words.ts';
import { isReadAsNoun } from '../../../lib/text/noun-reading.ts';

/** Reads the word between asterisks. Things are the words that a lexicon would have. */
const THINGS = /^(?:man|men|dogs?|plane|baby|toy|girl|boat)$/;
function reads(marked: string): boolean {
  const at = marked.slice(0, marked.indexOf('*')).match(/[\w']+/g)?.length ?? 0;
  const text = marked.replaceAll('*', '');
  const words = Array.from(text.matchAll(/[\w']+/g), ({ 0: { length }, index: start }) => ({
    start,
    end: start + length,
  }));
  const isThing = (i: number) => THINGS.test(text.slice(words[i]!.start, words[i]!.end).toLowerCase());
  return isReadAsNoun(text, words, at, functionWordsOf('en'), isThing);
}

// Read by a person.
it.each([
  'a *bear*',
  'the large brown *bear*',
  '*Bears* in a field',
  'Brown *bear* beside a river',
  'two *bears*',
  'several baby *ducks*',
  '3 toy *kites*',
  'a baby *bear*',
  "a girl's *kite*",
  'a picture of *turtles*',
  'It rains. *Ducks* swim.',
  'a dog, *ducks*, a boat',
  'a man with a *hammer*',
  'boat near *seals*',
])('reads a noun in "%s"', (text) => expect(reads(text)).toBe(true));

it.each([
  'a man *bears* a load',
  'the plane slowly *flies* away',
  'she *ducks*',
  'they *duck* under a branch',
  'to *nurse* a child',
  'a dog that *bears* its teeth',
  'two men *hammer* at a nail',
  'the dogs *bear* a burden',
  'he sits and *watches*',
  'a very old and rather tired man *bears* it',
  'women *duck* behind a wall',
  '*Bear* left at the fork',
  'a wall *bearing* graffiti',
])('reads a verb in "%s"', (text) => expect(reads(text)).toBe(false));
