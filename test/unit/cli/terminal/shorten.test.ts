import { expect, test } from 'vitest';
import { momentText } from '../../../../lib/cli/terminal/moment.ts';
import { lineOf } from '../../../../lib/cli/commands/list.ts';
import { shorten } from '../../../../lib/cli/terminal/shorten.ts';

test.each([
  ['holiday.jpg', 11, 'holiday.jpg'],
  ['holiday.jpg', 9, 'holi….jpg'],
  ['日本の写真です.jpg', 10, '日本….jpg'],
  ['abc', 1, '…'],
])('a text that is too long loses its middle: %s in %i columns', (text, columns, short) => {
  expect(shorten(text, columns)).toBe(short);
});

test('a line of a list is as wide as the terminal; the reason of a failure has a line of its own', () => {
  const image = {
    id: '5'.repeat(32),
    name: `holiday/${'x'.repeat(100)}.jpg`,
    status: 'failed' as const,
    sequencer: '',
    bytes: 3_412_345,
    failure: { code: 'unreadable', reason: 'the file ends too early', retryable: false },
    createdAt: '',
    updatedAt: '',
  };
  const [line, reason] = lineOf(image, 80).split('\n');
  expect(line).toHaveLength(80);
  expect(line).toMatch(/^5{32} {2}failed {5} +3\.4 MB {2}holiday\/x+…x+\.jpg$/);
  expect(reason).toBe('  the file ends too early');
  // Where an id leaves no room for a name.
  expect(lineOf(image, 60).split('\n')[0]).toMatch(/^failed {5} +3\.4 MB {2}holiday\/x+…x+\.jpg$/);
  expect(lineOf(image, 60).split('\n')[0]).toHaveLength(60);
});

test('moments are in UTC, without parts of a second', () => {
  expect(momentText('2026-11-30T17:57:31.587Z')).toBe('2026-11-30 17:57:31 UTC');
});
