import { describe, expect, it } from 'vitest';
import { swedishPairs } from '../../../lib/tools/forms/swedish-pairs.ts';

const baseOf = (form: string, texts: string) => new Map(swedishPairs(texts.split(' '))).get(form);

describe('Swedish forms', () => {
  it.each([
    ['flickan', 'flicka', 'flicka flickan flickor'],
    ['bordets', 'bord', 'bord bordet'],
    ['drömmar', 'dröm', 'dröm drömmen drömmar'],
    ['nycklar', 'nyckel', 'nyckel'],
    ['brandmän', 'brandman', 'brandman brandmän'],
    ['männen', 'man', ''],
    ['händerna', 'hand', ''],
  ])('%s is of %s', (form, base, texts) => expect(baseOf(form, texts)).toBe(base));

  it.each([
    // The wall of a well, and not a definite form of "brun" (brown).
    ['brunnar', 'brunnar', 'brun brunn brunnen brunnar'],
    // "Almost" is no form of "next".
    ['nästan', 'nästan', 'nästa nästan'],
  ])('%s is a word of its own', (form, base, texts) => expect(baseOf(form, texts)).toBe(base));
});
