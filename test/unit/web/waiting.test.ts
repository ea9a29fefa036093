import { describe, expect, it } from 'vitest';
import type { Image, Waiting } from '../../../lib/api/images/image.ts';

/** What the page says of pictures that wait. The page's files are checked by themselves (lib/web/tsconfig.json). */

const FILE = '../../../lib/web/waiting.js';
const { waitingGroups, waitingText } = (await import(FILE)) as {
  readonly waitingText: (waiting: Waiting, nowMs: number) => string;
  readonly waitingGroups: (images: readonly Image[], nowMs: number) => { count: number; text: string }[];
};

const NOW_MS = Date.parse('2026-12-01T12:00:00.000Z');
const waiting = (code: Waiting['code'], until: string): Waiting => ({
  code,
  reason: `so it is with ${code}`,
  since: '2026-12-01T11:00:00.000Z',
  until,
});

describe('why a picture waits', () => {
  it.each([
    ['2026-12-01T11:59:00.000Z', 'in a moment'],
    ['2026-12-01T12:04:30.000Z', 'in 5 minutes at the latest'],
    ['2027-01-15T12:00:00.000Z', 'on January 15 at the latest'],
  ])('until %s is said as %s', (until, when) => {
    expect(waitingText(waiting('model_throttled', until), NOW_MS)).toBe(
      `so it is with model_throttled. It goes on by itself, ${when}.`,
    );
  });
});

it('pictures that wait are told by reason, each with the first that goes on', () => {
  const image = (name: string, waits?: Waiting): Image => ({
    id: 'a',
    name,
    status: waits ? 'waiting' : 'searchable',
    sequencer: '01',
    createdAt: '',
    updatedAt: '',
    ...(waits && { waiting: waits }),
  });
  const images = [
    image('a', waiting('model_throttled', '2026-12-01T12:30:00.000Z')),
    image('b'),
    image('c', waiting('model_throttled', '2026-12-01T12:10:00.000Z')),
    image('d', waiting('budget_used_up', '2027-01-15T12:00:00.000Z')),
  ];
  const groups = waitingGroups(images, NOW_MS);
  expect(groups.map(({ count }) => count)).toEqual([2, 1]);
  expect(groups[0]!.text).toContain('in 10 minutes at the latest');
  expect(waitingGroups([image('b')], NOW_MS)).toEqual([]);
});
