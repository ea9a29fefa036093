import type { components } from './api-types.ts';
import type { Call } from './call.ts';
import { pause } from './pause.ts';
import type { Image } from './pages.ts';
import { GlossProblem } from './problem.ts';

type State = components['schemas']['StatusAnswer']['images'][number];

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 3_000;
/** Longer than the queue goes on trying a picture, and shorter than a wait for a budget or a quota. */
const LONGEST_WAIT_MS = 40 * 60_000;

export interface WaitOptions {
  /** A state of this number is the one from before, and is not waited for. */
  readonly after?: string | undefined;
  /** Hears of every status on the way. */
  readonly onStatus?: ((status: Image['status']) => void) | undefined;
  /** 40 minutes unless given. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How an image stands; `unknown` until the service has heard of it. */
export async function stateOf(call: Call, id: string, signal?: AbortSignal): Promise<State> {
  const { images } = await call('askStatus', { body: { ids: [id] }, signal });
  return images[0]!; // in the order asked
}

/**
 * Waits until an image is searchable.
 * @throws GlossProblem with the code and the reason of the failure where it failed, and with those of its waiting where it waits for longer than is waited here; `removed` where it was deleted meanwhile;
 * `timeout` where it is still under way
 */
export async function waitUntilSearchable(
  call: Call,
  id: string,
  { after, onStatus, timeoutMs = LONGEST_WAIT_MS, signal }: WaitOptions = {},
): Promise<Image> {
  const endMs = Date.now() + timeoutMs;
  let last: string | undefined;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(1.3 * pauseMs, LONGEST_PAUSE_MS)) {
    const state = await stateOf(call, id, signal);
    if ('sequencer' in state && state.sequencer !== after) {
      if (state.status !== last) onStatus?.(state.status);
      last = state.status;
      if (state.status === 'searchable') return state;
      if (state.status === 'failed') throw failureOf(state);
      if (state.waiting && Date.parse(state.waiting.until) > endMs) throw putOff(state, state.waiting);
      if (state.status === 'removed')
        throw new GlossProblem(`${state.name} was deleted meanwhile`, { code: 'removed' });
    }
    if (Date.now() + pauseMs > endMs)
      throw new GlossProblem(`image ${id} is still under way`, { code: 'timeout', isRetryable: true });
    await pause(pauseMs, signal);
  }
}

/** It is described by itself, after more time than is waited here. */
const putOff = ({ name }: Image, { code, reason, until }: NonNullable<Image['waiting']>): GlossProblem =>
  new GlossProblem(`${name} waits until ${until}, or less: ${reason}`, { code, isRetryable: true });

const failureOf = ({ name, failure }: Image): GlossProblem =>
  new GlossProblem(failure?.reason ?? `${name} failed`, {
    code: failure?.code ?? 'failed',
    isRetryable: failure?.retryable,
  });
