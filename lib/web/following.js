// @ts-check
import { Problem, statusOf } from './api.js';

/** @typedef {import('../api/images/image.ts').StatusAnswer['images'][number]} Asked how a picture stands */

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Asks how pictures stand, in ever longer pauses, until each can be searched, has failed, is gone, or waits for what may take days.
 * @param {ReadonlyMap<string, string>} sequencers by id, at most 500: of the state that counts no more; `''` where every one counts
 * @param {(images: readonly Asked[]) => void} onSettled
 * @param {() => boolean} [goesOn] asked before each question
 * @throws {Problem} where it will not be told any more
 */
export async function follow(sequencers, onSettled, goesOn = () => true) {
  const waiting = new Map(sequencers);
  for (let pauseMs = FIRST_PAUSE_MS; waiting.size > 0; pauseMs = Math.min(pauseMs * 1.3, LONGEST_PAUSE_MS)) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (!goesOn()) return;
    const answer = await statusOf([...waiting.keys()]).catch((error) => {
      if (error instanceof Problem && isPassing(error)) return undefined;
      throw error;
    });
    const settled = (answer?.images ?? []).filter((image) => isSettled(image, waiting.get(image.id)));
    for (const { id } of settled) waiting.delete(id);
    if (settled.length > 0) onSettled(settled);
  }
}

/** @param {Asked} image @param {string} [past] the sequencer that counts no more */
const isSettled = (image, past = '') => {
  if (['searchable', 'failed', 'waiting'].includes(image.status) && 'sequencer' in image)
    return image.sequencer > past;
  return !['expected', 'received', 'described'].includes(image.status);
};

/** No answer, too many requests, or trouble of the service. @param {Problem} problem */
const isPassing = ({ status }) => status === 0 || status >= 429;
