import { describe, expect, it } from 'vitest';
import { receiverAt, withCall, withoutCall, type Receiver } from '../../../lib/domain/receiver.ts';

const URL = 'https://acme.example/gloss';
const fresh = receiverAt(URL, 0, undefined);

const claim = (receiver: Receiver, id: string, nowMs: number, options: { isTrial?: boolean } = {}) =>
  withCall(receiver, { id, nowMs, mostCalls: 2, ...options });
function claimed(receiver: Receiver, id: string, nowMs: number, options: { isTrial?: boolean } = {}) {
  const next = claim(receiver, id, nowMs, options);
  if ('laterMs' in next) throw new Error(`not before ${next.laterMs}`);
  return next;
}
/** After so many failures one after the other, each when it is allowed. */
function failing(times: number, from = fresh): Receiver {
  let receiver = from;
  for (let i = 0; i < times; i += 1) {
    const nowMs = receiver.restsUntilMs;
    receiver = withoutCall(claimed(receiver, 'call', nowMs), 'call', 'failed', nowMs);
  }
  return receiver;
}

describe('calls at a time', () => {
  it('are as many as are allowed, and a place is free when one ends', () => {
    const two = claimed(claimed(fresh, 'a', 0), 'b', 0);
    expect(claim(two, 'c', 5)).toEqual({ laterMs: 5 });
    expect(claim(withoutCall(two, 'a', 'taken', 5), 'c', 5)).toMatchObject({
      calls: [{ id: 'b' }, { id: 'c' }],
    });
  });

  it('count no more when their caller must be dead', () => {
    const two = claimed(claimed(fresh, 'a', 0), 'b', 1);
    expect(receiverAt(URL, 14_999, two).calls).toHaveLength(2);
    expect(receiverAt(URL, 15_000, two).calls).toHaveLength(1);
  });

  it('are not two with the same id', () => {
    expect(claim(claimed(fresh, 'a', 0), 'a', 1)).toEqual({ laterMs: 1 });
  });

  it('count across a change of the address', () => {
    const two = claimed(claimed(fresh, 'a', 0), 'b', 0);
    expect(claim(receiverAt('https://other.example/', 1, two), 'c', 1)).toEqual({ laterMs: 1 });
  });
});

describe('the circuit', () => {
  it('opens at the fifth failure in a row, for times that double up to a quarter of an hour', () => {
    expect(failing(4).restsUntilMs).toBe(0);
    let receiver = failing(4);
    const rests: number[] = [];
    for (let i = 0; i < 9; i += 1) {
      const before = receiver.restsUntilMs;
      receiver = failing(1, receiver);
      rests.push((receiver.restsUntilMs - before) / 1000);
    }
    expect(rests).toEqual([10, 20, 40, 80, 160, 320, 640, 900, 900]);
  });

  it('lets nobody through while it is open, and one at a time after that', () => {
    const open = failing(5);
    expect(claim(open, 'a', 9_999)).toEqual({ laterMs: 10_000 });
    const trying = claimed(open, 'a', 10_000);
    expect(claim(trying, 'b', 10_001)).toEqual({ laterMs: 10_001 });
  });

  it('closes when a call is taken', () => {
    const tried = withoutCall(claimed(failing(5), 'a', 10_000), 'a', 'taken', 10_100);
    expect(tried).toMatchObject({ failures: 0, restsUntilMs: 0 });
    expect(claimed(claimed(tried, 'b', 10_100), 'c', 10_100).calls).toHaveLength(2);
  });

  it('does not open for longer because of calls that were under way when it opened', () => {
    const both = claimed(claimed(failing(4), 'a', 0), 'b', 0);
    const opened = withoutCall(both, 'a', 'failed', 100);
    expect(withoutCall(opened, 'b', 'failed', 200)).toMatchObject({ failures: 5, restsUntilMs: 10_100 });
  });

  it('lets a trial through, which may close it and does not count as a failure by itself', () => {
    const trial = claimed(failing(5), 'test', 1, { isTrial: true });
    expect(withoutCall(trial, 'test', 'not made', 2)).toMatchObject({ failures: 5, restsUntilMs: 10_000 });
    expect(withoutCall(trial, 'test', 'taken', 2)).toMatchObject({ failures: 0, restsUntilMs: 0 });
  });

  it('is closed at another address', () => {
    expect(receiverAt('https://other.example/', 1, failing(9))).toMatchObject({
      failures: 0,
      restsUntilMs: 0,
    });
  });
});

it('every change counts the revision', () => {
  const one = claimed(fresh, 'a', 0);
  expect([fresh, one, withoutCall(one, 'a', 'taken', 1)].map(({ revision }) => revision)).toEqual([0, 1, 2]);
});
