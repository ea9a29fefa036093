import { expect, it } from 'vitest';
import { analyzerOf } from '../../../lib/text/analyzer.ts';
import { classTerm, compoundTerm, indexTerms } from '../../../lib/text/index-terms.ts';

const english = analyzerOf('en');
const termsOf = (text: string) =>
  new Set(Array.from(indexTerms(text, english, english.lexicon), ({ term }) => term));

// Read by a person: what is a name of one thing where it stands.
it.each([
  ['car park', 'two cars wait in a car park'],
  ['bus stop', 'people at the bus stop'],
  ['bus stop', 'three bus stops in a row'],
  ['coat stand', 'a hall with coat stands'],
  ['hot dog', 'a man cooking hot dogs'],
  ['blue jean', 'a woman wearing blue jeans'],
  ['tenni ball', 'a boy throws tennis balls'],
  ['pair of scissor', 'a pair of scissors on paper'],
  ['flight of stair', 'a flight of stairs'],
  ['camera len', 'a camera lens'],
  ['safeti har', 'he wears a safety harness'],
  ['sport car', 'a red sports car'],
  ['farmer market', 'a farmers market'],
  ['office build', 'an office building'],
  ['pedestrian cross', 'a pedestrian crossing'],
  ['hospital bed', 'a hospital bed'],
  ['teddi bear', 'Teddy bears, a doll'],
  ['teddi bear', 'the teddy bears are brown'],
])('has "%s" in "%s"', (key, text) => expect(termsOf(text)).toContain(compoundTerm(key)));

it.each([
  ['car park', 'a car parked at the curb'],
  ['car park', 'cars, parked neatly'],
  ['car park', 'The car. Park benches stand behind it.'],
  ['bus stop', 'a bus stopped for people'],
  ['bus stop', 'a bus stops to pick people up'],
  ['bus stop', 'the bus stops its engine'],
  ['coat stand', 'a man in a red coat stands there'],
  ['coat stand', 'a woman in a coat standing beside a wall'],
  ['bed cover', 'the bed covers most of the floor'],
  ['bed cover', 'a bed covered with linen'],
  ['head rest', 'with its head resting on a chair'],
  ['sheep walk', 'sheep walking over grass'],
  ['fli fish', 'a man fly fishing'],
  ['dog race', 'two dogs race around a track'],
  ['dog race', 'a dog races along the beach'],
  ['two piec', 'two pieces of pizza'],
  ['hand hold', 'a hand held out'],
  ['microwav oven', 'a microwave, oven and sink'],
  ['night light', 'a street at night, lit up'],
])('has no "%s" in "%s"', (key, text) => expect(termsOf(text)).not.toContain(compoundTerm(key)));

it('tells what somebody does by the words of it', () => {
  const terms = termsOf('a car parked beside sheep walking');
  expect(terms).toContain(classTerm('vehicl'));
  expect(terms).toContain(classTerm('anim'));
});
