import { expect, test } from 'vitest';
import { formatReport } from '../../../../lib/cli/commands/add.ts';
import { medianOf, type AddReport } from '../../../../lib/cli/service/add-files.ts';

const totals = {
  files: 4,
  searchable: 1,
  failed: 1,
  notSent: 1,
  pending: 1,
  seconds: 12.34,
  views: 5,
  decodeMs: { median: 20 },
  modelMs: { median: 900 },
};
const report: AddReport = {
  images: [
    { name: 'a.jpg', id: 'a', status: 'searchable', bytes: 10 },
    { name: 'b.jpg', id: 'b', status: 'failed', failure: { code: 'no_image', reason: 'is no picture' } },
    { name: 'c.jpg', status: 'notSent', failure: { code: 'too_many_bytes', reason: 'is too large' } },
    { name: 'd.jpg', id: 'd', status: 'pending', bytes: 10 },
  ],
  totals,
};

test('the summary names what did not make it, with the reason', () => {
  expect(formatReport(report, true)).toBe(
    [
      '4 files in 12.3 s: 1 searchable, 1 failed, 1 still under way, 1 not sent',
      '  failed: b.jpg: is no picture',
      '  not sent: c.jpg: is too large',
    ].join('\n'),
  );
});

test('what ended it is told once, with what to do, and not of every file', () => {
  const stopped = { code: 'images_limit', reason: 'no room' };
  const images: AddReport['images'] = [
    { name: 'a.jpg', id: 'a', status: 'pending', bytes: 10 },
    { name: 'b.jpg', status: 'notSent', failure: stopped },
    { name: 'c.jpg', status: 'notSent', failure: stopped },
  ];
  const sums = { ...totals, files: 3, searchable: 0, failed: 0, notSent: 2 };
  expect(formatReport({ images, totals: sums, stopped }, false)).toBe(
    [
      '3 files in 12.3 s: 1 sent, 2 not sent',
      'stopped: no room',
      'What was sent stays. The first that was not sent is b.jpg: add it and what follows when the cause is gone.',
    ].join('\n'),
  );
});

test('without waiting it counts what was sent', () => {
  const sent = { images: [], totals: { ...totals, searchable: 0, failed: 0, notSent: 0, pending: 4 } };
  expect(formatReport(sent, false)).toBe('4 files in 12.3 s: 4 sent, 0 not sent');
});

test('the median is the middle value, or the mean of the middle two', () => {
  expect(medianOf([9, 1, 10])).toBe(9);
  expect(medianOf([10, 1, 2, 9])).toBe(5.5);
  expect(medianOf([])).toBeNull();
});
