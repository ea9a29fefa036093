import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  imageIdOf,
  parseImageId,
  parseSequencer,
  parseTenantId,
  segmentIdOf,
  sequencerAfter,
} from '../../../lib/domain/ids.ts';

describe('parseTenantId', () => {
  it.each(['a', 'acme', 'a-1', '0', 'x'.repeat(40)])('takes %s', (name) => {
    expect(parseTenantId(name)).toBe(name);
  });

  it.each(['', 'Acme', '-a', 'a-', 'a/b', 'a b', 'ä', 'a\n', '../a', 'x'.repeat(41)])(
    'refuses %j',
    (name) => {
      expect(() => parseTenantId(name)).toThrow(
        expect.objectContaining({ kind: 'invalid', code: 'tenant_name' }),
      );
    },
  );
});

describe('image ids', () => {
  it('are the start of SHA-256 over tenant and name', () => {
    const digest = createHash('sha256').update('acme/cat.jpg').digest('hex');
    expect(imageIdOf(parseTenantId('acme'), 'cat.jpg')).toBe(digest.slice(0, 32));
  });

  it('differ between tenants', () => {
    expect(imageIdOf(parseTenantId('a'), 'x')).not.toBe(imageIdOf(parseTenantId('b'), 'x'));
  });

  it.each(['', 'xyz', 'A'.repeat(32), '0'.repeat(31), '0'.repeat(33)])('cannot be %j', (text) => {
    expect(() => parseImageId(text)).toThrow(expect.objectContaining({ kind: 'invalid' }));
  });
});

describe('segmentIdOf', () => {
  it('sorts by time', () => {
    const times = [0, 1, 35, 36, 1_700_000_000_000, 1_800_000_000_000];
    const ids = times.map((time) => segmentIdOf(time, 'ffffffff'));
    expect(ids.toSorted()).toEqual(ids);
  });
});

describe('parseSequencer', () => {
  it('orders as S3 documents: the shorter one padded with zeros on the right', () => {
    // "0055AED6DCD90281E5" is the sequencer of the user guide's example.
    const [guide, shorter, longer] = ['0055AED6DCD90281E5', '0055AED6DCD9', '0055AED6DCD90281E501'].map(
      parseSequencer,
    );
    expect(shorter! < guide!).toBe(true);
    expect(guide! < longer!).toBe(true);
    expect(parseSequencer('0055AED6DCD900')).toBe(shorter);
    expect(parseSequencer('0055aed6dcd90281e5')).toBe(guide);
  });

  it('compares as the padded numbers do', () => {
    const hex = fc.stringMatching(/^[0-9A-F]{1,32}$/);
    fc.assert(
      fc.property(hex, hex, (a, b) => {
        const number = (digits: string) => BigInt(`0x${digits.padEnd(32, '0')}`);
        const expected = Math.sign(Number(number(a) - number(b)));
        const [x, y] = [parseSequencer(a), parseSequencer(b)];
        expect(x < y ? -1 : x > y ? 1 : 0).toBe(expected);
      }),
    );
  });

  it.each(['', '0x1', 'G', '0'.repeat(33), '1 '])('refuses %j', (text) => {
    expect(() => parseSequencer(text)).toThrow(expect.objectContaining({ kind: 'invalid' }));
  });
});

describe('sequencerAfter', () => {
  it('is greater than the state before it, whether or not the clock went on', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9A-E][0-9A-F]{0,31}$/),
        fc.integer({ min: 0, max: 2 ** 45 }),
        (hex, nowMs) => {
          const previous = parseSequencer(hex);
          const next = sequencerAfter(previous, nowMs);
          expect(next).toMatch(/^[0-9A-F]{32}$/);
          expect(next > previous).toBe(true);
          expect(sequencerAfter(next, nowMs) > next).toBe(true);
        },
      ),
    );
  });

  it('follows the clock without a state before', () => {
    expect(sequencerAfter(undefined, 2) > sequencerAfter(undefined, 1)).toBe(true);
  });
});
