// @ts-check
/** @import { Image } from '../api/images/image.ts' */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** @param {string} until @param {number} nowMs */
function whenText(until, nowMs) {
  const aheadMs = Date.parse(until) - nowMs;
  if (aheadMs <= MINUTE_MS) return 'in a moment';
  if (aheadMs < 2 * 60 * MINUTE_MS) return `in ${Math.ceil(aheadMs / MINUTE_MS)} minutes at the latest`;
  const day = new Date(until).toLocaleString('en', {
    day: 'numeric',
    month: 'long',
    ...(aheadMs < DAY_MS && { hour: 'numeric', minute: '2-digit' }),
  });
  return `on ${day} at the latest`;
}

/** Why a picture waits, and that nothing has to be done. @param {NonNullable<Image['waiting']>} waiting */
export const waitingText = ({ reason, until }, nowMs = Date.now()) =>
  `${reason}. It goes on by itself, ${whenText(until, nowMs)}.`;

/**
 * Pictures that wait, by the reason why: each with the first that goes on.
 * @param {readonly Image[]} images
 * @returns {{ count: number, text: string }[]}
 */
export function waitingGroups(images, nowMs = Date.now()) {
  /** @type {Map<string, NonNullable<Image['waiting']>[]>} */
  const byCode = Map.groupBy(
    images.flatMap(({ waiting }) => waiting ?? []),
    ({ code }) => code,
  );
  return [...byCode.values()].map((waits) => {
    const [first] = waits.toSorted((a, b) => a.until.localeCompare(b.until));
    return { count: waits.length, text: waitingText(/** @type {typeof waits[0]} */ (first), nowMs) };
  });
}
