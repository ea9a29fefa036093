import { setTimeout as sleep } from 'node:timers/promises';
import { StatusAnswer, type Image } from '../../api/images/image.ts';
import { partsOf } from '../../domain/parts-of.ts';
import { ask, type ApiSession } from './session.ts';

/** An image whose next state is awaited. */
interface AwaitedImage {
  readonly id: string;
  readonly name: string;
  /** A state of this number is the one from before. */
  readonly sequencerBefore?: string | undefined;
  /** A state before this one is not the one that is awaited. */
  readonly describedAgain?: string;
}

const IDS_PER_CALL = 100;
/** What is asked for in one round, so that a load of many thousand images costs no more reads than it must. */
const IDS_PER_ROUND = 500;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 3_000;
/** Longer than the queue goes on trying a picture: five times, six minutes apart. */
const STALL_LIMIT_MS = 40 * 60_000;
/** When whoever watches is told why nothing moves. */
const STALL_NOTE_MS = 60_000;

/**
 * Waits until each image is searchable or failed, or waits by itself for longer than anybody would.
 * @param onSettled hears how many are one or the other
 * @returns the state of each, by id; those are missing that were still under way when nothing had moved for 40
 * minutes
 */
export async function waitUntilSearchable(
  session: ApiSession,
  images: readonly AwaitedImage[],
  onSettled: (count: number) => void,
): Promise<ReadonlyMap<string, Image>> {
  const settled = new Map<string, Image>();
  const waiting = [...images];
  let movedAtMs = performance.now();
  let pauseMs = FIRST_PAUSE_MS;
  let isNoted = false;
  while (waiting.length > 0 && performance.now() - movedAtMs < STALL_LIMIT_MS) {
    const round = waiting.splice(0, IDS_PER_ROUND); // who is not done goes to the end of the queue
    const still = await stillWaiting(session, round, settled);
    waiting.push(...still);
    if (still.length < round.length) {
      movedAtMs = performance.now();
      isNoted = false;
      pauseMs = FIRST_PAUSE_MS;
      onSettled(images.length - waiting.length);
    } else {
      pauseMs = Math.min(1.5 * pauseMs, LONGEST_PAUSE_MS);
      if (!isNoted && performance.now() - movedAtMs > STALL_NOTE_MS) {
        isNoted = true;
        session.progress.note(
          `still under way: ${waiting[0]!.name}${waiting.length > 1 ? ` and ${waiting.length - 1} more` : ''}. What fails is tried for up to half an hour; Ctrl-C ends the waiting alone.`,
        );
      }
    }
    if (waiting.length > 0) await sleep(pauseMs);
  }
  return settled;
}

async function stillWaiting(
  session: ApiSession,
  round: readonly AwaitedImage[],
  settled: Map<string, Image>,
): Promise<AwaitedImage[]> {
  const still: AwaitedImage[] = [];
  for (const part of partsOf(round, IDS_PER_CALL)) {
    const ids = part.map(({ id }) => id);
    const { images: states } = await ask(session, '/v1/images/status', StatusAnswer, { ids });
    for (const [i, image] of part.entries()) {
      const state = states[i];
      if (state && 'sequencer' in state && isSettled(state, image)) settled.set(image.id, state);
      else still.push(image);
    }
  }
  return still;
}

/** Whether this is an end of the awaited state, and not of the one before. */
export function isSettled(
  { status, sequencer, waiting }: Image,
  { sequencerBefore, describedAgain = '' }: Pick<AwaitedImage, 'sequencerBefore' | 'describedAgain'>,
): boolean {
  const isPutOff = waiting !== undefined && Date.parse(waiting.until) - Date.now() > STALL_LIMIT_MS;
  const isEnd = status === 'searchable' || status === 'failed' || isPutOff;
  return isEnd && sequencer !== sequencerBefore && sequencer >= describedAgain;
}
