import { describe, expect, it } from 'vitest';
import { mendStems } from '../../../../lib/tools/forms/mend-stems.ts';
import { mendWords } from '../../../../lib/tools/forms/mend-words.ts';

/** The first four letters, but of "volar" and its forms three. */
const termOf = (word: string) => (word.startsWith('vol') ? 'vol' : word.slice(0, 4));

describe('stems of forms', () => {
  it('are led to that of the base', () => {
    const pairs = [
      ['vuela', 'volar'],
      ['volaba', 'volar'],
    ] as const;
    expect(mendStems({ pairs, others: [] }, termOf)).toEqual([
      ['vol', 'vol'],
      ['vuel', 'vol'],
    ]);
  });

  it('stay where another word has them, or forms of two bases', () => {
    const pairs = [
      ['vuela', 'volar'],
      ['fuera', 'ser'],
      ['fueron', 'ir'],
    ] as const;
    const led = mendStems({ pairs, others: ['vuelo'] }, termOf).filter(([from, to]) => from !== to);
    expect(led).toEqual([]);
  });
});

describe('forms', () => {
  const all = { isHeard: () => true, logProbOf: () => undefined };

  it('are led one by one where another word has their stem', () => {
    const pairs = [
      ['vuela', 'volar'],
      ['vuelo', 'volar'],
      ['volaba', 'volar'],
    ] as const;
    expect(mendWords({ pairs, others: ['vuelo'], own: new Set(['vuelo']) }, termOf, all)).toEqual([
      ['vuela', 'volar'],
    ]);
  });

  it('of several bases are of the common one, if there is one', () => {
    const pairs = [
      ['gestanden', 'stehen'],
      ['gestanden', 'gestehen'],
    ] as const;
    const logProbs: Readonly<Record<string, number>> = { stehen: -8, gestehen: -12 };
    const known = { ...all, logProbOf: (word: string) => logProbs[word] };
    expect(mendWords({ pairs, others: [] }, termOf, known)).toEqual([['gestanden', 'stehen']]);
    expect(mendWords({ pairs, others: [] }, termOf, all)).toEqual([]);
  });

  it('follow a base that is led itself', () => {
    const pairs = [
      ['öppna', 'öppen'],
      ['öppnar', 'öppna'],
    ] as const;
    expect(mendWords({ pairs, others: [] }, (word) => word, all)).toEqual([
      ['öppna', 'öppen'],
      ['öppnar', 'öppen'],
    ]);
  });

  it('that nobody writes are left', () => {
    const pairs = [['vuela', 'volar']] as const;
    expect(mendWords({ pairs, others: [] }, termOf, { ...all, isHeard: () => false })).toEqual([]);
  });
});
