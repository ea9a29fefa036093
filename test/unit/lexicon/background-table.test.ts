import { describe, expect, it } from 'vitest';
import { backgroundOf } from '../../../lib/lexicon/background.ts';
import { openBackground } from '../../../lib/lexicon/background-table.ts';
import { encodeBackground } from '../../../lib/tools/background/encode-background.ts';

const companions = new Map([
  ['=dog', [{ term: 'leash', strength: 4.1 }]],
  [
    'café au lait',
    [
      { term: 'cup', strength: 0.1 },
      { term: 'leash', strength: 99 },
    ],
  ],
]);

describe('a table of what goes with what', () => {
  it('says what was counted, in levels of a half from 0.5 to 7.5', () => {
    const table = openBackground(encodeBackground(companions));
    expect(table.of('=dog')).toEqual([{ term: 'leash', strength: 4 }]);
    expect(table.of('café au lait')).toEqual([
      { term: 'cup', strength: 0.5 },
      { term: 'leash', strength: 7.5 },
    ]);
    expect(table.of('leash')).toBeUndefined();
  });

  it('keeps the words of definitions apart', () => {
    const words = [{ term: 'tower', strength: 4 }];
    const table = openBackground(encodeBackground(new Map([...companions, ['~lighthous', words]])));
    expect(table.definitionOf('lighthous')).toEqual(words);
    expect([table.of('lighthous'), table.definitionOf('=dog')]).toEqual([undefined, undefined]);
  });

  it.each([
    ['is empty', () => Buffer.alloc(0)],
    ['is something else', () => Buffer.from('something else that is long enough')],
    ['is cut', () => encodeBackground(companions).subarray(0, -1)],
  ])('is corrupt where it %s', (_, bytes) => {
    expect(() => openBackground(bytes())).toThrow(/background\.bin is damaged/u);
  });

  it('is corrupt where any byte is another', () => {
    const bytes = encodeBackground(companions);
    for (let i = 0; i < bytes.length; i += 1) {
      const damaged = Buffer.from(bytes);
      damaged[i]! ^= 1;
      expect(() => openBackground(damaged), `byte ${i}`).toThrow(/damaged/u);
    }
  });

  it('names 4,096 words at most', () => {
    const terms = Array.from({ length: 4_097 }, (_, i) => `w${i}`);
    const tooMany = new Map(terms.map((term) => [term, [{ term, strength: 1 }]]));
    expect(() => encodeBackground(tooMany)).toThrow(/4096 fit/u);
  });
});

describe('the table of English', () => {
  // What everybody knows of kitchens, beaches and dogs.
  it.each([
    ['surfboard', 'wave'],
    ['sea', 'ocean'],
    ['keyboard', 'mous'],
    ['hot dog', 'bun'],
    ['=dog', 'leash'],
  ])('%s goes with %s', (term, companion) => {
    expect(
      backgroundOf('en')
        .of(term)!
        .map((found) => found.term),
    ).toContain(companion);
  });

  it('is of no other language', () => {
    expect(backgroundOf('de').of('surfboard')).toBeUndefined();
  });
});
