import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { DecodeAnswer } from '../../../lib/adapters/decode-protocol.ts';
import { DecodeProcess } from '../../../lib/adapters/decode-process.ts';
import { progressiveJpeg } from '../../hostile/pictures/jpeg-parts.ts';
import { eventually } from '../../support/eventually.ts';
import { stillRunning } from '../../support/processes.ts';

const CHILDREN = new URL('../../fixtures/children/', import.meta.url);
const REAL = new URL('../../../functions/decode-child.ts', import.meta.url).href;
const wish = { cropPolicy: 'none' as const, maxBytes: 1e8, maxPixels: 1e8 };
/** No test waits for it, however slow the machine is. */
const LATE_MS = 3_600_000;

const started: DecodeProcess[] = [];
function decoder(entry = new URL('obedient.ts', CHILDREN).href, bounds = { cpuMs: 60_000, memoryMb: 500 }) {
  const made = new DecodeProcess(entry, bounds);
  started.push(made);
  return made;
}
const decode = (
  by: DecodeProcess,
  order: string | Uint8Array,
  owner = 'acme',
  deadlineMs = Date.now() + LATE_MS,
) => by.decode({ owner, bytes: Buffer.from(order), wish, deadlineMs });

/** The process that answered. */
async function pidOf(by: DecodeProcess, owner = 'acme'): Promise<number> {
  const answer = DecodeAnswer.parse((await decode(by, 'good', owner)).answer);
  if (!('facts' in answer)) throw new Error('it refused');
  return answer.facts.heightPx;
}

const gone = (pid: number) => eventually(() => expect(stillRunning([pid])).toEqual([]));

afterEach(() => {
  for (const one of started.splice(0)) one.close();
});

describe('a picture', () => {
  it('is decoded by a process that stays for the next one of the same owner', async () => {
    const by = decoder();
    const pid = await pidOf(by);
    expect(pid).not.toBe(process.pid);
    expect(await pidOf(by)).toBe(pid);
  });

  it('never shares a process with a picture of another owner', async () => {
    const by = decoder();
    const pid = await pidOf(by, 'acme');
    expect(await pidOf(by, 'other')).not.toBe(pid);
    await gone(pid);
  });

  it('is decoded without an environment', async () => {
    process.env['AWS_SECRET_ACCESS_KEY'] = 'a-secret';
    const answer = DecodeAnswer.parse((await decode(decoder(), 'tell')).answer);
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    if (!('refused' in answer)) throw new Error('it answered');
    const { environment } = JSON.parse(answer.refused.message) as { environment: object };
    expect(Object.keys(environment)).toEqual(['PATH']);
  });

  it('that takes more CPU time than it may ends for good, and the next gets a new process', async () => {
    const by = decoder(undefined, { cpuMs: 500, memoryMb: 500 });
    const pid = await pidOf(by);
    await expect(decode(by, 'spin')).rejects.toMatchObject({
      kind: 'too_large',
      code: 'too_costly',
      message: 'decoding took more than 0.5 s of CPU time',
    });
    expect(by.lastCost!.cpuMs).toBeGreaterThan(500);
    expect(by.lastCost!.peakMb).toBeGreaterThan(0);
    await gone(pid);
    expect(await pidOf(by)).not.toBe(pid);
  });

  it('that takes more memory than it may ends for good', async () => {
    const by = decoder(undefined, { cpuMs: 60_000, memoryMb: 250 });
    await expect(decode(by, 'grow')).rejects.toMatchObject({
      kind: 'too_large',
      code: 'too_much_memory',
      message: 'decoding took more than 250 MB of memory',
    });
    expect(by.lastCost!.peakMb).toBeGreaterThan(250);
    expect(await pidOf(by)).toEqual(expect.any(Number));
  });

  it('that makes its decoder crash ends for good', async () => {
    const by = decoder();
    for (const order of ['fault', 'exit'])
      await expect(decode(by, order)).rejects.toMatchObject({ kind: 'corrupt', code: 'decoder_crashed' });
    expect(await pidOf(by)).toEqual(expect.any(Number));
  });

  it('is not blamed for what an earlier one left behind', async () => {
    const by = decoder();
    const first = DecodeAnswer.parse((await decode(by, 'fault next time')).answer);
    const second = DecodeAnswer.parse((await decode(by, 'fault next time')).answer);
    expect([first, second]).toEqual([
      expect.objectContaining({ facts: expect.anything() as unknown }),
      expect.objectContaining({ facts: expect.anything() as unknown }),
    ]);
  });

  it('that neither works nor answers is given up for now', async () => {
    await expect(decode(decoder(), 'sleep', 'acme', Date.now())).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'decoding_hung',
    });
  });

  it('is not blamed when the decoder does not start', async () => {
    await expect(decode(decoder(new URL('broken.ts', CHILDREN).href), 'good')).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'decoder_not_started',
      message: 'the decoder does not start',
      cause: expect.stringContaining('cannot be loaded') as string,
    });
  });

  it('is decoded by libvips', async () => {
    const cat = readFileSync(new URL('../../fixtures/samples/chelsea.jpg', import.meta.url));
    const answer = DecodeAnswer.parse((await decode(decoder(REAL), cat)).answer);
    expect(answer).toMatchObject({ facts: { format: 'jpeg', widthPx: 451, heightPx: 300 } });
  });

  it('of a hundred scans ends at the bound while libvips is at work', async () => {
    const by = decoder(REAL, { cpuMs: 300, memoryMb: 1_000 });
    by.prepare();
    const bomb = progressiveJpeg({ side: 10_000, scans: 100 });
    await expect(decode(by, bomb)).rejects.toMatchObject({ code: 'too_costly' });
  });
});
