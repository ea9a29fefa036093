import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageRecord } from '../../../lib/domain/image.ts';
import {
  afterArrival,
  afterProgress,
  afterRemoval,
  afterUnindexing,
  type Arrival,
} from '../../../lib/domain/image-state.ts';
import { parseImageId, parseSequencer } from '../../../lib/domain/ids.ts';

const imageId = parseImageId('0'.repeat(32));
const name = 'cat.jpg';
const at = (step: number) => parseSequencer(step.toString(16).padStart(4, '0'));
const arrival = (step: number): Arrival => ({
  imageId,
  name,
  sequencer: at(step),
  source: 'upload',
  bytes: 100 + step,
});
const removal = (step: number) => ({ imageId, name, sequencer: at(step) });
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
        const { revision: _writes, arrivedAtMs, ...state } = record!;
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
            ? { status: 'received', bytes: 100 + last.step }
            : { status: 'removed' }),
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

  it('settle for removed when both have one sequencer', () => {
    const removed = afterRemoval(received(1), removal(1), 20)!;
    expect(removed.status).toBe('removed');
    expect(afterArrival(removed, arrival(1), 30)).toBeUndefined();
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
