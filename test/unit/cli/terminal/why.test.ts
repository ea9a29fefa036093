import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ShownImage } from '../../../../lib/api/images/image.ts';
import type { UsageAnswer } from '../../../../lib/api/usage/schema.ts';
import { WHAT_NEXT } from '../../../../lib/cli/terminal/what-next.ts';
import { whyOf, type Known } from '../../../../lib/cli/terminal/why.ts';

const read = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');

const IMAGE: ShownImage = {
  id: 'd1c2342b79f76a86ab84cbba38b8de98',
  name: 'old pier.jpg',
  status: 'searchable',
  sequencer: '0000019AB4F6C3D00000000000000000',
  source: 'upload',
  bytes: 1_500_000,
  createdAt: '2026-11-24T09:00:00.000Z',
  arrivedAt: '2026-11-30T09:00:00.000Z',
  updatedAt: '2026-11-30T09:30:00.000Z',
};
const GLOSS: NonNullable<ShownImage['gloss']> = {
  model: 'us.amazon.nova-2-lite-v1:0',
  promptVersion: '2',
  cropPolicy: 'none',
  views: [{ index: 0, kind: 'whole', tags: ['pier'], caption: '', visibleText: '' }],
};
const IN_INDEX = { segment: '0a1b', document: 7, isCurrent: true };

function why(image: Partial<ShownImage>, more: Partial<Known> = {}) {
  const shown = { ...IMAGE, ...image };
  const nowMs = Date.parse('2026-11-30T09:31:00.000Z');
  return whyOf({ asked: shown.name, status: shown, shown, nowMs, ...more });
}

it('of one that searches find says whose words it has, what they cost, and where they are', () => {
  const figures = { decodeMs: 5, modelMs: 4_240, views: 1, inputTokens: 497, outputTokens: 130 };
  expect(why({ gloss: GLOSS, inIndex: IN_INDEX, figures })).toEqual({
    is: 'searchable',
    what: 'old pier.jpg is searchable: searches find its words',
    facts: [
      'picture of 1.5 MB came 2026-11-30 09:00:00 UTC; under this name first 2026-11-24 09:00:00 UTC',
      'words of us.amazon.nova-2-lite-v1:0, crops none: 1 answer, 497 tokens in and 130 out, 4.2 s',
      'in the index: segment 0a1b, document 7',
    ],
    next: [],
  });
  expect(why({ gloss: GLOSS, inIndex: IN_INDEX, source: 'import' }).facts[1]).toBe(
    'its own words: imported, 1 text',
  );
});

describe('of one whose record is not all', () => {
  it.each([
    [{ gloss: GLOSS }, 'its words are not in the index', 'gloss reindex'],
    [
      { gloss: GLOSS, inIndex: { ...IN_INDEX, isCurrent: false } },
      'words of a state before',
      'gloss reindex',
    ],
    [{ inIndex: IN_INDEX }, 'its words are lost', 'gloss retry "old pier.jpg"'],
    [{ status: 'described' }, 'its words are lost', 'gloss retry "old pier.jpg"'],
    [{ source: 'import' }, 'its words are lost', 'import its words again'],
  ] as const)('%j', (image, what, next) => {
    const found = why(image);
    expect(found.is).toBe('lost');
    expect(found.what).toContain(what);
    expect(found.next.join()).toContain(next);
  });
});

it.each([
  ['received', 'Describe', 'five'],
  ['described', 'Index', 'eight'],
] as const)(
  'of one that is %s says how long it waits, and after an hour where to look',
  (status, queue, tries) => {
    const soon = why({ status, gloss: GLOSS });
    expect(soon.is).toBe(status);
    expect(soon.facts.at(-1)).toBe('waits since 2026-11-30 09:30:00 UTC');
    expect(soon.next).toEqual([expect.stringMatching(/^wait: /)]);
    const nowMs = Date.parse('2026-11-30T10:31:00.000Z');
    const late = why({ status, gloss: GLOSS }, { nowMs }).next[0]!;
    expect(late).toContain(`${queue}DeadLetters`);
    expect(late).toContain(`after ${tries} tries`);
    // As the template has it.
    const { Resources } = JSON.parse(read('test/infra/golden-template.json')) as {
      readonly Resources: Readonly<
        Record<
          string,
          { readonly Properties: { readonly RedrivePolicy: { readonly maxReceiveCount: number } } }
        >
      >;
    };
    expect(Resources[`${queue}Queue`]!.Properties.RedrivePolicy.maxReceiveCount).toBe(
      { five: 5, eight: 8 }[tries],
    );
  },
);

describe('of one that waits', () => {
  const waiting = (code: 'budget_used_up' | 'model_quota', usage?: Partial<UsageAnswer>) =>
    why(
      {
        status: 'waiting',
        waiting: {
          code,
          reason: 'so it is',
          since: '2026-11-30T09:30:00.000Z',
          until: '2026-12-01T00:00:00.000Z',
        },
      },
      usage ? { usage: usage as UsageAnswer } : {},
    );
  it('for a budget says how much of it is used, since when and until when, and that it goes on by itself', () => {
    const limits = { requestsPerSec: 1, burst: 1, images: 10, bytes: 5e6, modelUsdPerMonth: 5 };
    const total = { usd: { model: 5.004, store: 0, total: 5.004 } } as UsageAnswer['total'];
    const { is, what, facts, next } = waiting('budget_used_up', { limits, total, to: '2026-11-30' });
    expect([is, what]).toEqual(['waiting', 'old pier.jpg waits to be described: so it is (budget_used_up)']);
    expect(facts.slice(1)).toEqual([
      'not in the index',
      'waits since 2026-11-30 09:30:00 UTC',
      'it goes on by itself: 2026-12-01 00:00:00 UTC at the latest',
      'the budget: 5.00 of 5 dollars are used; it begins anew after 2026-11-30 UTC',
    ]);
    expect(next).toEqual([
      'wait, or have the operator raise the budget: gloss tenants change TENANT --budget USD; it goes on within minutes',
    ]);
  });
  it('for the model says that nothing is to be done', () => {
    expect(waiting('model_quota').next).toEqual(['wait: nothing is to be done']);
  });
});

describe('of one that failed', () => {
  const failed = (code: string, retryable: boolean, usage?: Partial<UsageAnswer>) =>
    why(
      { status: 'failed', failure: { code, reason: 'so it is', retryable } },
      usage ? { usage: usage as UsageAnswer } : {},
    );
  it('says the reason, how often it was tried, and what to do', () => {
    const { is, what, facts, next } = failed('model_reply', true);
    expect([is, what]).toEqual(['failed', 'old pier.jpg has failed: so it is (model_reply)']);
    expect(facts.slice(1)).toEqual([
      'not in the index',
      'failed 2026-11-30 09:30:00 UTC; it was tried five times',
    ]);
    expect(next).toEqual(['gloss retry "old pier.jpg": the model answered outside its schema']);
    expect(failed('unreadable', false).facts.at(-1)).toContain('it was tried once');
    // A service of a later version has further codes.
    expect(failed('never_heard_of', true).next[0]).toContain('tell the operator');
  });
  it('for a limit says how much of it is used, and until when', () => {
    const limits = { requestsPerSec: 1, burst: 1, images: 10, bytes: 5e6, modelUsdPerMonth: 5 };
    const total = { usd: { model: 5.004, store: 0, total: 5.004 } } as UsageAnswer['total'];
    const usage = { limits, total, to: '2026-11-30', stored: { images: 10, bytes: 4e6 } };
    expect(failed('budget_used_up', true, usage).facts.slice(-2)).toEqual([
      'failed 2026-11-30 09:30:00 UTC; the daily sweep tries it again while the limit is reached',
      'the budget: 5.00 of 5 dollars are used; it begins anew after 2026-11-30 UTC',
    ]);
    expect(failed('images_limit', true, usage).facts.at(-1)).toBe('10 of 10 images are there');
    expect(failed('bytes_limit', true, usage).facts.at(-1)).toBe('4.0 MB of 5.0 MB are there');
  });
  it('knows every code of docs/errors.md, and no other', () => {
    const failures = read('docs/errors.md').split('\n## Failures\n')[1]!.split('\n## ')[0]!;
    const codes = [...failures.matchAll(/^\| `(\w+)` /gm)].map(([, code]) => code!);
    expect(Object.keys(WHAT_NEXT).toSorted()).toEqual(codes.toSorted());
  });
});

it('of one that is not there says whether it may come', () => {
  const at = { nowMs: 0, asked: 'b.jpg' };
  const expected = {
    id: 'a',
    name: 'b.jpg',
    status: 'expected',
    bytes: 2_000,
    expiresAt: IMAGE.updatedAt,
  } as const;
  expect(whyOf({ ...at, status: expected })).toMatchObject({
    is: 'expected',
    facts: [
      'room for 2.0 KB is kept for it until 2026-11-30 09:30:00 UTC; unless it comes, it is forgotten then',
    ],
    next: ['send it: gloss add b.jpg'],
  });
  expect(whyOf({ ...at, status: { id: 'a', status: 'unknown' } }).is).toBe('unknown');
  expect(whyOf({ ...at, status: { id: 'a', status: 'unreadable' } }).next).toHaveLength(1);
  expect(whyOf({ ...at, status: { ...IMAGE, status: 'removed' } })).toMatchObject({
    is: 'removed',
    next: [],
  });
  // Gone between two requests.
  expect(whyOf({ ...at, status: IMAGE }).is).toBe('unknown');
});
