import { expect, it } from 'vitest';
import { defineWords } from '../../../../lib/tools/background/define-words.ts';
import { readWordNet } from '../../../../lib/tools/lexicon/read-wordnet.ts';
import { ENGLISH } from '../../../../lib/text/analyzer.ts';

const said = new Map([
  ['tower', 40],
  ['ship', 20],
  ['light', 300],
  ['structur', 9],
  ['cat', 90],
]);
const defined = defineWords(readWordNet(), ENGLISH, (term) => said.get(term));

it('says words of wider meanings first, then those of the definition, the rarest first, as far as captions say them', () => {
  // WordNet 3.1: lighthouse, a kind of tower, which is a kind of structure: "a tower with a light that gives warning of shoals to passing ships"
  expect(defined.get('lighthous')).toEqual([
    { term: 'structur', strength: 4 },
    { term: 'tower', strength: 4 },
    { term: 'ship', strength: 2 },
    { term: 'light', strength: 2 },
  ]);
});

it('leaves out what one word alone would define, what cannot be seen, and single things with a name', () => {
  expect([defined.get('happi'), defined.get('london'), defined.get('kitten')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
