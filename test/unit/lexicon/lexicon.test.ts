import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lexiconModule } from '../../../lib/tools/lexicon/make-lexicon.ts';
import { ENGLISH } from '../../../lib/text/analyzer.ts';
import { indexTerms } from '../../../lib/text/index-terms.ts';
import { readLexicon } from '../../../lib/lexicon/lexicon.ts';

const TABLE = [
  'creatur',
  'anim;creatur',
  '!dog;anim;~hound,puppi',
  'hot dog',
  '~bar;creatur;pub',
  'cat;anim',
  'big cat;anim',
];
const lexicon = readLexicon(TABLE);

describe('readLexicon', () => {
  it.each([
    ['puppi', ['dog', 'anim', 'creatur']], // another word for it: the class and all that is wider
    ['hound', ['dog']], // often means something else: nothing wider
    ['dog', ['dog', 'anim', 'creatur']], // counted itself, since compounds end in it
    ['cat', ['anim', 'creatur']],
    ['hot dog', []],
    ['bar', []],
    ['pub', ['bar', 'creatur']],
    ['tree', []],
  ])('knows what a mention of %s says', (key, classes) => {
    expect(lexicon.classesOf(key)).toEqual(classes);
  });

  it('knows which class to look for, where something else than the word belongs to it', () => {
    expect(lexicon.classFor('puppi')).toEqual({ name: 'dog' });
    expect(lexicon.classFor('anim')).toEqual({ name: 'anim' });
    expect(lexicon.classFor('hot dog')).toBeUndefined();
    expect(lexicon.isCompound('hot dog')).toBe(true);
    expect(lexicon.isCompound('cat')).toBe(false);
  });
});

/** What WordNet says, by its own pages: `wn couch -synsn`, `wn woman -hypen`. */
describe('the English table', () => {
  const derived = (text: string) =>
    [...indexTerms(text, ENGLISH, ENGLISH.lexicon)].filter(({ isWord }) => !isWord).map(({ term }) => term);

  it.each([
    ['a couch', '=sofa'],
    ['two women', '=person'],
    ['people', '=person'],
    ['a taxi', '=car'],
    ['an aeroplane', '=airplan'],
    ['a TV', '=televis receiv'],
    ['parking meters', 'park meter'],
    ['a wine glass', '=wineglass'],
    ['firemen', '=person'],
  ])('"%s" gives %s', (text, term) => {
    expect(derived(text)).toContain(term);
  });

  it.each([
    ['a hot dog', '=dog'],
    ['mounted on the wall', '=hors'],
    ['lush grass', '=person'],
    ['he stands in a field', '=person'],
    ['a teddy bear', '=bear'],
  ])('"%s" does not give %s', (text, term) => {
    expect(derived(text)).not.toContain(term);
  });

  it('is what `npm run lexicon` makes of WordNet', { timeout: 60_000 }, () => {
    const file = join(import.meta.dirname, '../../../lib/lexicon/english-table.ts');
    expect(readFileSync(file, 'utf8') === lexiconModule()).toBe(true);
  });
});
