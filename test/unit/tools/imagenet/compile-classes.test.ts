import { expect, it } from 'vitest';
import { compileClasses } from '../../../../lib/tools/imagenet/compile-classes.ts';
import type { WordNet } from '../../../../lib/tools/lexicon/read-wordnet.ts';

/** Animals (field 5) by word: what is next wider, and how often the texts of WordNet's authors use the word so. */
const ANIMALS: Readonly<Record<string, { readonly wider?: string; readonly tagged?: number }>> = {
  animal: {},
  carnivore: { wider: 'animal' },
  canine: { wider: 'carnivore', tagged: 4 },
  dog: { wider: 'canine', tagged: 5 },
  feline: { wider: 'carnivore' },
  cat: { wider: 'feline' },
  cocker_spaniel: { wider: 'dog' },
  beagle: { wider: 'dog' },
  tabby: { wider: 'cat' },
};

const wordNet = {
  synsets: new Map(
    Object.entries(ANIMALS).map(([word, { wider }]) => [
      word,
      { lemmas: [word], wider: wider === undefined ? [] : [wider], field: 5, isInstance: false },
    ]),
  ),
  nouns: new Map(Object.entries(ANIMALS).map(([word, { tagged = 0 }]) => [word, [{ synset: word, tagged }]])),
} as unknown as WordNet;

it('lists the outputs, then what is wider and has an everyday word, and skips what is between', () => {
  const outputs = ['cocker_spaniel', 'beagle', 'tabby', 'cat', 'animal'];
  expect(compileClasses(outputs, wordNet, (word) => word === 'cat')).toEqual([
    { name: 'cocker spaniel', wider: [5] },
    { name: 'beagle', wider: [5] },
    { name: 'tabby', wider: [3] },
    { name: 'cat', wider: [4] },
    { name: 'animal', wider: [] },
    // Said by no caption, but by the texts; a canine is so too seldom, and a carnivore never.
    { name: 'dog', wider: [4] },
  ]);
});

it('leaves out what most outputs are a kind of', () => {
  const classes = compileClasses(['cocker_spaniel', 'beagle', 'tabby'], wordNet, () => true);
  expect(classes.slice(3).map(({ name }) => name)).toEqual(['cat', 'feline']);
});
