import { expect, test } from 'vitest';
import { formatReport } from '../../../../lib/cli/commands/add.ts';
import { medianOf, type AddReport } from '../../../../lib/cli/service/add-files.ts';

const totals = {
  files: 4,
  sent: 3,
  unchanged: 0,
  describedAgain: 0,
  skipped: 0,
  notSent: 1,
  passedOver: 0,
  searchable: 1,
  failed: 1,
  waiting: 0,
  pending: 1,
  seconds: 12.34,
  views: 5,
  decodeMs: { median: 20 },
  modelMs: { median: 900 },
};
const at = (name: string) => ({ path: `/photos/${name}`, name });

test('the summary names what did not make it, with the reason', () => {
  const report: AddReport = {
    images: [
      { ...at('a.jpg'), id: 'a', status: 'searchable', bytes: 10 },
      { ...at('b.jpg'), id: 'b', status: 'failed', failure: { code: 'no_image', reason: 'is no picture' } },
      { ...at('c.jpg'), status: 'notSent', failure: { code: 'too_many_bytes', reason: 'is too large' } },
      { ...at('d.jpg'), id: 'd', status: 'pending', bytes: 10 },
    ],
    passedOver: [],
    totals,
  };
  expect(formatReport(report, true)).toBe(
    [
      '4 files in 12.3 s: 3 sent, 1 not sent; 1 searchable, 1 failed, 1 still under way',
      '  failed: b.jpg: is no picture',
      '  not sent: c.jpg: is too large',
    ].join('\n'),
  );
});

test('it says what has another name, what was skipped, and what was passed over, by reason', () => {
  const hidden = ['.a', '.b', '.c', '.d'].map((path) => ({ path, code: 'hidden' as const, why: 'hidden' }));
  const report: AddReport = {
    images: [
      { path: '/x/a.jpg', name: 'a (2).jpg', offeredAs: 'a.jpg', id: 'a', status: 'pending' },
      { path: '/x/b.jpg', name: 'b.jpg', id: 'b', status: 'skipped' },
      { path: '/x/l.jpg', name: 'l.jpg', status: 'skipped', why: 'a link to c.jpg' },
      { path: '/x/c.jpg', name: 'c.jpg', id: 'c', status: 'pending', unchanged: true },
    ],
    passedOver: [...hidden, { path: 'n.txt', code: 'not_a_picture', why: 'no picture by its content' }],
    totals: { ...totals, files: 4, sent: 1, unchanged: 1, skipped: 2, notSent: 0, passedOver: 5 },
  };
  expect(formatReport(report, false)).toBe(
    [
      '4 files in 12.3 s: 1 sent, 1 there unchanged, 2 skipped',
      '  kept beside another a.jpg: /x/a.jpg as a (2).jpg',
      '  skipped: /x/b.jpg: another picture is b.jpg',
      '  skipped: /x/l.jpg: a link to c.jpg',
      '  passed over, hidden (4): .a, .b, .c, …',
      '  passed over, no picture by its content (1): n.txt',
    ].join('\n'),
  );
});

test('it says once for each reason why some wait', () => {
  const waits = (name: string, reason: string) => ({
    ...at(name),
    status: 'waiting' as const,
    waiting: {
      code: 'budget_used_up' as const,
      reason,
      since: '2026-12-01T10:00:00.000Z',
      until: '2027-01-01T00:00:00.000Z',
    },
  });
  const images = [waits('a.jpg', 'no\u202e budget'), waits('b.jpg', 'no\u202e budget')];
  const sums = { ...totals, files: 2, sent: 2, notSent: 0, searchable: 0, failed: 0, waiting: 2, pending: 0 };
  expect(formatReport({ images, passedOver: [], totals: sums }, true)).toBe(
    [
      '2 files in 12.3 s: 2 sent; 0 searchable, 2 waiting',
      '  waits: no\\u{202E} budget; it goes on by itself, 2027-01-01 00:00:00 UTC at the latest',
    ].join('\n'),
  );
});

test('it names what was read in part, by what was not read', () => {
  const raw = (i: number) => ({
    ...at(`${i}.nef`),
    status: 'searchable' as const,
    notes: [{ code: 'preview', text: 'the preview was read' }],
  });
  const cut = { ...at('cut.jpg'), notes: [{ code: 'cut_off', text: 'the end\u202e is missing' }] };
  const images = [...Array.from({ length: 22 }, (_, i) => raw(i)), { ...cut, status: 'searchable' as const }];
  const sums = {
    ...totals,
    files: 23,
    sent: 23,
    notSent: 0,
    searchable: 23,
    failed: 0,
    waiting: 0,
    pending: 0,
  };
  expect(formatReport({ images, passedOver: [], totals: sums }, true)).toBe(
    [
      '23 files in 12.3 s: 23 sent; 23 searchable',
      ...Array.from({ length: 20 }, (_, i) => `  read in part: ${i}.nef: the preview was read`),
      '  and 2 more',
      '  read in part: cut.jpg: the end\\u{202E} is missing',
    ].join('\n'),
  );
});

test('what ended it is told once, with what to do, and not of every file', () => {
  const stopped = { code: 'images_limit', reason: 'no room' };
  const images: AddReport['images'] = [
    { ...at('a.jpg'), id: 'a', status: 'pending', bytes: 10 },
    { ...at('b.jpg'), status: 'notSent', failure: stopped },
    { ...at('c.jpg'), status: 'notSent', failure: stopped },
  ];
  const sums = { ...totals, files: 3, sent: 1, notSent: 2 };
  expect(formatReport({ images, passedOver: [], totals: sums, stopped }, false)).toBe(
    [
      '3 files in 12.3 s: 1 sent, 2 not sent',
      'stopped: no room',
      'What was sent stays. The first that was not sent is b.jpg: add the same again when the cause is gone, and only the rest is sent.',
    ].join('\n'),
  );
});

test('the median is the middle value, or the mean of the middle two', () => {
  expect(medianOf([9, 1, 10])).toBe(9);
  expect(medianOf([10, 1, 2, 9])).toBe(5.5);
  expect(medianOf([])).toBeNull();
});
