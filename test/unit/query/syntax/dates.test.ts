import { describe, expect, it } from 'vitest';
import { termsOfDates } from '../../../../lib/query/syntax/dates.ts';
import { randomOf } from '../../../support/random.ts';

describe('termsOfDates', () => {
  it('of a date is the term of it', () => {
    expect(termsOfDates('date', '2024')).toEqual(['@2024']);
    expect(termsOfDates('date', '2024-05')).toEqual(['@2024-05']);
    expect(termsOfDates('date', '2024-02-29')).toEqual(['@2024-02-29']);
  });

  it('covers what lies before and after by years, months and days', () => {
    const before = termsOfDates('before', '2024-03-03')!;
    expect(before.slice(-6)).toEqual([
      '@2022',
      '@2023',
      '@2024-01',
      '@2024-02',
      '@2024-03-01',
      '@2024-03-02',
    ]);
    const after = termsOfDates('after', '2024-10-29')!;
    expect(after.slice(0, 5)).toEqual(['@2024-10-30', '@2024-10-31', '@2024-11', '@2024-12', '@2025']);
    expect(termsOfDates('after', '2023')![0]).toBe('@2024');
    expect(termsOfDates('before', '2024-06')!.slice(-2)).toEqual(['@2024-04', '@2024-05']);
  });

  it.each([
    '',
    '20',
    '202',
    '20240517',
    '2024-5',
    '2024-13',
    '2024-00',
    '2023-02-29',
    '2024-04-31',
    '2024-05-17T10',
    '1799',
    '2201',
    '0000-00-00',
    '2024*',
  ])('%s is no date', (text) => {
    for (const field of ['date', 'before', 'after'] as const)
      expect(termsOfDates(field, text)).toBeUndefined();
  });

  it('has a term of a day exactly where the day is before or after', () => {
    const random = randomOf(5);
    // Days by the calendar of the runtime.
    const anyDay = () =>
      new Date(Date.UTC(1990 + random.below(50), 0, 1 + random.below(365))).toISOString().slice(0, 10);
    for (let run = 0; run < 500; run += 1) {
      const [bound, day] = [anyDay().slice(0, random.pick([4, 7, 10])), anyDay()];
      const has = (field: 'before' | 'after') => {
        const terms = new Set(termsOfDates(field, bound));
        return [4, 7, 10].filter((length) => terms.has(`@${day.slice(0, length)}`)).length;
      };
      const part = day.slice(0, bound.length);
      expect([bound, day, has('before'), has('after')]).toEqual([
        bound,
        day,
        Number(part < bound),
        Number(part > bound),
      ]);
    }
  });
});
