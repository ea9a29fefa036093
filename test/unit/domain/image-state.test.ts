import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageRecord } from '../../../lib/domain/image.ts';
import {
  afterArrival,
  afterCount,
  afterExpiry,
  afterProgress,
  afterRemoval,
  afterUnindexing,
  afterWordEdit,
  hasExpiredVersions,
  type Arrival,
} from '../../../lib/domain/image-state.ts';
import { parseImageId, parseSequencer } from '../../../lib/domain/ids.ts';

const imageId = parseImageId('0'.repeat(32));
const name = 'cat.jpg';
const at = (step: number) => parseSequencer(step.toString(16).padStart(4, '0'));
const version = (step: number) => ({ storedAtMs: step * 1000, versionId: `v${step}`, eTag: `e${step}` });
const arrival = (step: number): Arrival => ({
  imageId,
  name,
  sequencer: at(step),
  source: 'upload',
  bytes: 100 + step,
  object: version(step),
});
const removal = (step: number) => ({ imageId, name, sequencer: at(step), object: null });
const received = (step: number): ImageRecord => afterArrival(undefined, arrival(step), 10)!;

describe('arrivals and removals', () => {
  it('start a record', () => {
    expect(afterArrival(undefined, arrival(1), 10)).toEqual({
      imageId,
      name,
      status: 'received',
      sequencer: at(1),
      source: 'upload',
      bytes: 101,
      object: version(1),
      mayBeIndexed: false,
      createdAtMs: 10,
      arrivedAtMs: 10,
      updatedAtMs: 10,
      revision: 1,
    });
  });

  it('change nothing when they come twice or late', () => {
    expect(afterArrival(received(2), arrival(2), 20)).toBeUndefined();
    expect(afterArrival(received(2), arrival(1), 20)).toBeUndefined();
    expect(afterRemoval(received(2), removal(1), 20)).toBeUndefined();
    const removed = afterRemoval(received(2), removal(3), 20)!;
    expect(afterRemoval(removed, removal(3), 30)).toBeUndefined();
    expect(afterArrival(removed, arrival(2), 30)).toBeUndefined();
  });

  it('keep in mind a removal that comes before its arrival', () => {
    const removed = afterRemoval(undefined, removal(2), 10)!;
    expect(removed).toMatchObject({ status: 'removed', sequencer: at(2) });
    expect(afterArrival(removed, arrival(1), 20)).toBeUndefined();
    expect(afterArrival(removed, arrival(3), 20)).toMatchObject({ status: 'received', createdAtMs: 10 });
  });

  it('remember across states that words may be in the index', () => {
    const described = afterProgress(received(1), { status: 'described' }, 20);
    const again = afterArrival(described, arrival(2), 30)!;
    const removed = afterRemoval(again, removal(3), 40)!;
    expect([again.mayBeIndexed, removed.mayBeIndexed]).toEqual([true, true]);
    expect(afterUnindexing(removed, 50).mayBeIndexed).toBe(false);
  });

  it('of an image whose words people change: the edit stays with the name, and takes no removal away', () => {
    const people = { added: ['pier'], removed: ['frisbee'] };
    const described = afterProgress(received(2), { status: 'described' }, 20);
    const once = afterWordEdit(described, people, 30);
    const twice = afterWordEdit(once, { ...people, removed: [] }, 40);
    expect([once.sequencer > at(2), twice.sequencer > once.sequencer]).toEqual([true, true]);
    // Of the state that was described, of each edit of it, but of none before.
    for (const sequencer of [at(2), once.sequencer, twice.sequencer]) {
      const removed = afterRemoval(twice, { ...removal(2), sequencer, deletesObject: true }, 50)!;
      expect(removed).toMatchObject({ status: 'removed', sequencer: twice.sequencer });
      expect(removed).not.toHaveProperty('people');
      expect(afterArrival(removed, arrival(3), 60)).not.toHaveProperty('people');
    }
    expect(afterRemoval(twice, removal(1), 50)).toBeUndefined();

    expect(afterArrival(twice, arrival(2), 50)).toBeUndefined();
    const replaced = afterArrival(twice, arrival(3), 50)!;
    expect(replaced).toMatchObject({ status: 'received', people: { added: ['pier'], removed: [] } });
    expect(replaced).not.toHaveProperty('editedFrom');
    expect(afterRemoval(replaced, removal(2), 60)).toBeUndefined();
    expect(afterArrival(twice, { ...arrival(3), source: 'import' }, 50)).not.toHaveProperty('people');
  });

  it('drop what was known of the picture before', () => {
    const facts = { format: 'jpeg', widthPx: 4, heightPx: 3 };
    const described = afterProgress(received(1), { status: 'described', facts }, 20);
    expect(afterArrival(described, arrival(2), 30)).not.toHaveProperty('facts');
  });

  it('end in the same state in any order and multiplicity', () => {
    const event = fc.record({
      kind: fc.constantFrom('created', 'removed'),
      step: fc.integer({ min: 1, max: 6 }),
    });
    const history = fc.uniqueArray(event, { selector: ({ step }) => step, minLength: 1 });
    const orders = history.chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc
          .array(fc.constantFrom(...events), { maxLength: 8 })
          .chain((again) =>
            fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }),
          ),
      ),
    );
    fc.assert(
      fc.property(orders, ([events, deliveries]) => {
        let record: ImageRecord | undefined;
        for (const { kind, step } of deliveries) {
          const next =
            kind === 'created'
              ? afterArrival(record, arrival(step), 1)
              : afterRemoval(record, removal(step), 1);
          record = next ?? record;
        }
        const last = events.reduce((a, b) => (a.step > b.step ? a : b));
        // Which versions were heard of depends on the order; none is counted twice.
        const { revision: _writes, arrivedAtMs, olderBytes = 0, olderUntilMs: _until, ...state } = record!;
        const stored = events.filter(({ kind }) => kind === 'created').map(({ step }) => 100 + step);
        expect((state.bytes ?? 0) + olderBytes).toBeLessThanOrEqual(stored.reduce((a, b) => a + b, 0));
        // What was removed knows of an arrival only if that was told first.
        if (last.kind === 'created') expect(arrivedAtMs).toBe(1);
        expect(state).toEqual({
          imageId,
          name,
          sequencer: at(last.step),
          source: 'upload',
          mayBeIndexed: false,
          createdAtMs: 1,
          updatedAtMs: 1,
          ...(last.kind === 'created'
            ? { status: 'received', bytes: 100 + last.step, object: version(last.step) }
            : { status: 'removed', object: null }),
        });
      }),
      { numRuns: 500 },
    );
  });

  it('keep the time of the last arrival through a removal', () => {
    const removed = afterRemoval(afterArrival(undefined, arrival(1), 10), removal(2), 20)!;
    expect(removed.arrivedAtMs).toBe(10);
    expect(afterRemoval(undefined, removal(2), 20)!.arrivedAtMs).toBeUndefined();
  });

  it('stay removed by their owner, whatever late event tells of a picture that is gone', () => {
    const asked = { ...removal(1), object: version(1), deletesObject: true as const };
    const deleted = afterRemoval(received(1), asked, 20)!;
    expect(afterArrival(deleted, { ...arrival(2), object: null }, 30)).toBeUndefined();
    expect(afterArrival(deleted, { ...arrival(2), object: version(1) }, 30)).toBeUndefined();
    expect(afterArrival(deleted, arrival(3), 40)).toMatchObject({ status: 'received' });
  });

  it('settle for removed when both have one sequencer', () => {
    const removed = afterRemoval(received(1), removal(1), 20)!;
    expect(removed.status).toBe('removed');
    expect(afterArrival(removed, arrival(1), 30)).toBeUndefined();
  });
});

describe('older versions', () => {
  const DAY_MS = 86_400_000;
  const until = (nowMs: number) => nowMs + 30 * DAY_MS;
  const marker = (step: number) => ({ ...removal(step), leavesVersion: true as const });

  it('count beside the one that is there, from the last replacement on', () => {
    expect(received(1)).not.toHaveProperty('olderBytes');
    const second = afterArrival(received(1), arrival(2), 20)!;
    expect(second).toMatchObject({ bytes: 102, olderBytes: 101, olderUntilMs: until(20) });
    const third = afterArrival(afterProgress(second, { status: 'described' }, 25), arrival(3), 30)!;
    expect(third).toMatchObject({ bytes: 103, olderBytes: 203, olderUntilMs: until(30) });
  });

  it('are what a delete marker leaves, and what a picture under it comes on top of', () => {
    const removed = afterRemoval(received(1), marker(2), 20)!;
    expect(removed).toMatchObject({ status: 'removed', olderBytes: 101, olderUntilMs: until(20) });
    expect(removed).not.toHaveProperty('bytes');
    expect(afterUnindexing(removed, 25)).toMatchObject({ olderBytes: 101 });
    const again = afterArrival(removed, arrival(3), 30)!;
    expect(again).toMatchObject({ bytes: 103, olderBytes: 101, olderUntilMs: until(20) });
  });

  it('are not made by a version that is removed for good, nor by words', () => {
    expect(afterRemoval(received(1), removal(2), 20)).not.toHaveProperty('olderBytes');
    const words = {
      imageId,
      name,
      sequencer: at(2),
      source: 'import' as const,
      object: version(1),
      bytes: 101,
    };
    const covered = afterArrival(received(1), words, 20)!;
    expect(covered).toMatchObject({ bytes: 101 });
    expect(covered).not.toHaveProperty('olderBytes');
    expect(afterArrival(covered, arrival(3), 30)).toMatchObject({ bytes: 103, olderBytes: 101 });
  });

  it('go with a deletion that is asked for, also after S3 told of a removal', () => {
    const second = afterArrival(received(1), arrival(2), 20)!;
    const asked = { ...removal(2), deletesObject: true as const };
    expect(afterRemoval(second, asked, 30)).not.toHaveProperty('olderBytes');
    const removed = afterRemoval(second, marker(3), 30)!;
    const deleted = afterRemoval(removed, { ...asked, sequencer: at(3) }, 40)!;
    expect(deleted).toMatchObject({ status: 'removed', deletesObject: true });
    expect(deleted).not.toHaveProperty('olderBytes');
    expect(afterRemoval(deleted, { ...asked, sequencer: at(3) }, 50)).toBeUndefined();
    expect(afterRemoval(deleted, marker(4), 50)).not.toHaveProperty('olderBytes');
  });

  it('expire, which makes the record no younger', () => {
    const removed = afterRemoval(received(1), marker(2), 20)!;
    expect(hasExpiredVersions(received(1), Infinity)).toBe(false);
    expect([until(20) - 1, until(20)].map((nowMs) => hasExpiredVersions(removed, nowMs))).toEqual([
      false,
      true,
    ]);
    const { olderBytes: _bytes, olderUntilMs: _until, revision, ...rest } = removed;
    expect(afterExpiry(removed)).toEqual({ ...rest, revision: revision + 1 });
  });

  it('are what somebody counted in the bucket, for as long as that keeps them and a day', () => {
    const second = afterArrival(received(1), arrival(2), 20)!;
    const counted = afterCount(second, { current: 5, older: 7, changedAtMs: 25 }, 30);
    expect(counted).toEqual({
      ...second,
      bytes: 5,
      olderBytes: 7,
      olderUntilMs: until(25),
      revision: second.revision + 1,
    });
    const late = afterCount(second, { current: 5, older: 7, changedAtMs: 25 }, 40 * DAY_MS);
    expect(late.olderUntilMs).toBe(41 * DAY_MS);
    const none = afterCount(second, { current: 0, older: 0, changedAtMs: 25 }, 30);
    expect(none).not.toHaveProperty('bytes');
    expect(none).not.toHaveProperty('olderBytes');
    expect(none).not.toHaveProperty('olderUntilMs');
  });

  it('and the one that is there are all that was stored, when every event is heard once and in order', () => {
    const event = fc.constantFrom('created', 'marked');
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 12 }), (kinds) => {
        let record: ImageRecord | undefined;
        let stored = 0;
        for (const [step, kind] of kinds.entries()) {
          if (kind === 'created') stored += 100 + step;
          record =
            kind === 'created'
              ? afterArrival(record, arrival(step), step)
              : afterRemoval(record, marker(step), step);
        }
        expect((record!.bytes ?? 0) + (record!.olderBytes ?? 0)).toBe(stored);
      }),
    );
  });
});

describe('afterProgress', () => {
  const failure = { code: 'unreadable', reason: 'no image', retryable: false };

  it('clears a failure that a later try overcame', () => {
    const failed = afterProgress(received(1), { status: 'failed', failure }, 20);
    expect(failed).toMatchObject({ status: 'failed', failure, mayBeIndexed: false, revision: 2 });
    const described = afterProgress(failed, { status: 'described' }, 30);
    expect(described).not.toHaveProperty('failure');
    expect(described).toMatchObject({ status: 'described', mayBeIndexed: true, revision: 3 });
  });

  it('keeps the facts that a step does not speak of', () => {
    const facts = { format: 'jpeg', widthPx: 4, heightPx: 3 };
    const described = afterProgress(received(1), { status: 'described', facts }, 20);
    expect(afterProgress(described, { status: 'searchable' }, 30)).toMatchObject({ facts, sequencer: at(1) });
  });
});
