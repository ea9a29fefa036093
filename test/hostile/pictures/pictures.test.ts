import { writeFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { DecodeAnswer } from '../../../lib/adapters/decode-protocol.ts';
import { DecodeProcess } from '../../../lib/adapters/decode-process.ts';
import { GlossError } from '../../../lib/domain/errors.ts';
import { forgetPeak } from '../../support/cost-of.ts';
import { stillRunning } from '../../support/processes.ts';
import { eventually } from '../../support/eventually.ts';
import { randomOf, type Random } from '../../support/random.ts';
import { KINDS } from './kinds.ts';

/**
 * Hostile pictures, each decoded as the Decode function decodes it: in the real child, with the bounds of the template. What is asserted
 * is counted by the kernel, CPU time and memory, and so is the same on a busy machine.
 */

const COUNT = Number(process.env['GLOSS_HOSTILE'] ?? 30);
const SEED = Number(process.env['GLOSS_HOSTILE_SEED'] ?? 20_261_128);
/** A table for people goes into this file. */
const REPORT = process.env['GLOSS_HOSTILE_REPORT'];
const BOUNDS = { cpuMs: 10_000, memoryMb: 2_600 };
/** A look comes every 20 ms; a busy machine is late with it. */
const LATE_LOOK_MS = 1_000;
/** What the function has: a child that was killed may have passed its bound until the next look, and this never. */
const FUNCTION_MB = 3_008;
const KILLED = ['too_costly', 'too_much_memory'];
const WISH = { cropPolicy: 'grid-3x3' as const, maxBytes: 100 * 2 ** 20, maxPixels: 210_000_000 };
const HANGS_AFTER_MS = 600_000;

interface Outcome {
  readonly kind: string;
  readonly ended: string;
  readonly cpuMs: number;
  readonly peakMb: number;
}

const decoder = new DecodeProcess(
  new URL('../../../functions/decode-child.ts', import.meta.url).href,
  BOUNDS,
);
afterAll(() => decoder.close());

/** The first of each kind, and after that by weight. */
function kindOf(index: number, random: Random): string {
  const names = Object.keys(KINDS);
  if (index < names.length) return names[index]!;
  return random.pick(names.flatMap((name) => Array<string>(KINDS[name]!.weight).fill(name)));
}

async function run(index: number): Promise<Outcome> {
  const random = randomOf(SEED + index);
  const kind = kindOf(index, random);
  const bytes = await KINDS[kind]!.make(random);
  decoder.prepare();
  forgetPeak(decoder.pid!);
  const ended = await endOf(bytes);
  return { kind, ended, ...(decoder.lastCost ?? { cpuMs: 0, peakMb: 0 }) };
}

async function endOf(bytes: Buffer): Promise<string> {
  try {
    const picture = { owner: 'hostile', bytes, wish: WISH, deadlineMs: Date.now() + HANGS_AFTER_MS };
    const answer = DecodeAnswer.parse((await decoder.decode(picture)).answer);
    return 'refused' in answer ? answer.refused.code : 'decoded';
  } catch (error) {
    if (error instanceof GlossError) return error.code;
    throw error;
  }
}

function tableOf(outcomes: readonly Outcome[]): string {
  const rows = [...Map.groupBy(outcomes, ({ kind }) => kind)].map(([kind, of]) => {
    const ends = [...Map.groupBy(of, ({ ended }) => ended)].map(
      ([ended, { length }]) => `${ended} ${length}`,
    );
    const cpuSec = (Math.max(...of.map(({ cpuMs }) => cpuMs)) / 1000).toFixed(1);
    const peakMb = Math.max(...of.map(({ peakMb }) => peakMb)).toFixed(0);
    return `| ${kind} | ${of.length} | ${ends.join(', ')} | ${cpuSec} | ${peakMb} |`;
  });
  return [
    '| kind | pictures | ended | max CPU s | max MB |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

it(`${COUNT} hostile pictures end within the bounds, and none hangs`, async () => {
  const outcomes: Outcome[] = [];
  for (let index = 0; index < COUNT; index += 1) outcomes.push(await run(index));
  if (REPORT !== undefined) writeFileSync(REPORT, tableOf(outcomes));
  expect(outcomes).toHaveLength(COUNT);
  expect(outcomes.filter(({ ended }) => ['decoding_hung', 'decoder_not_started'].includes(ended))).toEqual(
    [],
  );
  expect(outcomes.filter(({ cpuMs }) => cpuMs > BOUNDS.cpuMs + LATE_LOOK_MS)).toEqual([]);
  const [killed, ended] = [true, false].map((isKilled) =>
    outcomes.filter((outcome) => KILLED.includes(outcome.ended) === isKilled),
  );
  expect(ended!.filter(({ peakMb }) => peakMb > BOUNDS.memoryMb)).toEqual([]);
  expect(killed!.filter(({ peakMb }) => peakMb === 0 || peakMb > FUNCTION_MB)).toEqual([]);
  // What is counted is counted as the decoder goes, so nothing that hides its scans or frames has to be killed.
  const counted = ['scans', 'scans, disguised', 'frames and pages'];
  expect(outcomes.filter(({ kind, ended }) => counted.includes(kind) && ended === 'too_costly')).toEqual([]);
  // What is refused by its first bytes is refused without being laid out.
  const drawings = outcomes.filter(({ kind }) => kind === 'drawings').map(({ ended }) => ended);
  expect(['format_not_read', 'not_a_picture']).toEqual(expect.arrayContaining(drawings));

  const pid = decoder.pid;
  decoder.close();
  if (pid !== undefined) await eventually(() => expect(stillRunning([pid])).toEqual([]));
});
