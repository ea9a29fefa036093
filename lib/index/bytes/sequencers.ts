import type { Sequencer } from '../../domain/ids.ts';
import { hex, type ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

const SEQUENCER_BYTES = 16;

/**
 * Sequencers that stand together, without the ends that they share: S3's count time and end in zeros.
 * Writes those ends; returns what is left of each.
 */
export function writeSharedEnds(out: ByteWriter, sequencers: readonly Sequencer[]): Uint8Array[] {
  const all = sequencers.map((sequencer) => Buffer.from(sequencer, 'hex'));
  const { same, zeros } = sharedEnds(all);
  out.u8(same);
  out.u8(zeros);
  out.raw(all[0]?.subarray(0, same) ?? new Uint8Array(0));
  return all.map((bytes) => bytes.subarray(same, SEQUENCER_BYTES - zeros));
}

function sharedEnds(sequencers: readonly Uint8Array[]): { same: number; zeros: number } {
  const first = sequencers[0];
  if (!first) return { same: 0, zeros: 0 };
  let same = 0;
  while (same < SEQUENCER_BYTES && sequencers.every((bytes) => bytes[same] === first[same])) same += 1;
  let zeros = 0;
  const more = () => sequencers.every((bytes) => bytes[SEQUENCER_BYTES - 1 - zeros] === 0);
  while (same + zeros < SEQUENCER_BYTES && more()) zeros += 1;
  return { same, zeros };
}

/** The start of all sequencers, and how many bytes of each are its own. */
export interface SharedEnds {
  readonly start: Uint8Array;
  readonly middleBytes: number;
}

/** @throws GlossError `corrupt`. */
export function readSharedEnds(reader: ByteReader): SharedEnds {
  const same = reader.u8();
  const zeros = reader.u8();
  if (same + zeros > SEQUENCER_BYTES) throw reader.fail('sequencers of more than 16 bytes');
  return { start: reader.raw(same), middleBytes: SEQUENCER_BYTES - same - zeros };
}

export const sequencerOf = ({ start }: SharedEnds, middle: Uint8Array): Sequencer =>
  (hex(start) + hex(middle)).toUpperCase().padEnd(2 * SEQUENCER_BYTES, '0') as Sequencer;
