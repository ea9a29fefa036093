import { describe, expect, it } from 'vitest';
import { Pace } from '../../../lib/adapters/pacing-vision-model.ts';
import { GlossError } from '../../../lib/domain/errors.ts';

const BUSY = new GlossError('throttled', 'model_throttled', 'busy');
const refused = () => Promise.reject(BUSY);
const answered = () => Promise.resolve('yes');

describe('a pace', () => {
  it('halves at each refusal for load, down to one', async () => {
    const pace = new Pace();
    const limits = [pace.limit];
    for (let i = 0; i < 6; i += 1) {
      await expect(pace.call(refused)).rejects.toBe(BUSY);
      limits.push(pace.limit);
    }
    expect(limits).toEqual([16, 8, 4, 2, 1, 1, 1]);
  });

  it('rises by one for as many answers as there may be calls, up to where it began', async () => {
    const pace = new Pace();
    for (let i = 0; i < 4; i += 1) await expect(pace.call(refused)).rejects.toBe(BUSY);
    expect(pace.limit).toBe(1);
    await pace.call(answered);
    expect(pace.limit).toBe(2);
    await pace.call(answered);
    expect(pace.limit).toBe(2);
    await pace.call(answered);
    await pace.call(answered);
    expect(pace.limit).toBe(3);
    for (let i = 0; i < 1_000; i += 1) await pace.call(answered);
    expect(pace.limit).toBe(16);
  });

  it('has no more calls under way, and each has its turn', async () => {
    const pace = new Pace();
    for (let i = 0; i < 3; i += 1) await expect(pace.call(refused)).rejects.toBe(BUSY);
    expect(pace.limit).toBe(2);
    const held = Array.from({ length: 5 }, () => Promise.withResolvers<number>());
    let begun = 0;
    const calls = held.map(({ promise }) => pace.call(() => ((begun += 1), promise)));
    await Promise.resolve();
    expect(begun).toBe(2);
    for (const [i, { resolve }] of held.entries()) {
      resolve(i);
      expect(await calls[i]).toBe(i);
    }
    expect(begun).toBe(5);
  });

  it('refuses those that wait for their turn with the one that was refused', async () => {
    const pace = new Pace();
    for (let i = 0; i < 4; i += 1) await expect(pace.call(refused)).rejects.toBe(BUSY);
    const held = Promise.withResolvers<string>();
    let others = 0;
    const first = pace.call(() => held.promise);
    const second = pace.call(() => ((others += 1), answered()));
    held.reject(BUSY);
    await expect(first).rejects.toBe(BUSY);
    await expect(second).rejects.toBe(BUSY);
    expect(others).toBe(0);
    expect(await pace.call(answered)).toBe('yes');
  });

  it('is not changed by what is wrong with a call', async () => {
    const pace = new Pace();
    const wrong = new GlossError('invalid', 'model_declined', 'no');
    await expect(pace.call(() => Promise.reject(wrong))).rejects.toBe(wrong);
    expect(pace.limit).toBe(16);
  });
});
