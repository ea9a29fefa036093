import type { ImageId } from '../../domain/ids.ts';

const DAY_MS = 24 * 3_600_000;
/** Each image is looked at once in so many days: a look is a request. */
const EVERY_DAYS = 30;

/** Whether today is the day of the month on which an image is looked at. Ids are hashes, so about as many come each day. */
export const hasTurn = (imageId: ImageId, nowMs: number): boolean =>
  Number.parseInt(imageId.slice(0, 8), 16) % EVERY_DAYS === Math.floor(nowMs / DAY_MS) % EVERY_DAYS;
