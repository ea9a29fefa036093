import { randomBytes } from 'node:crypto';
import { ServerClock } from '../../lib/adapters/server-clock.ts';
import type { NewSecret, RandomHex } from '../../lib/ports/runtime.ts';

/** One for all clients of an instance, so that all that it does is of one time. */
export const clock = new ServerClock();
export const randomHex: RandomHex = (digits) =>
  randomBytes(Math.ceil(digits / 2))
    .toString('hex')
    .slice(0, digits);

export const newSecret: NewSecret = () => randomBytes(32).toString('hex');
