import { randomBytes } from 'node:crypto';
import type { Clock, NewSecret, RandomHex } from '../../lib/ports/runtime.ts';

export const clock: Clock = { nowMs: () => Date.now() };
export const randomHex: RandomHex = (digits) =>
  randomBytes(Math.ceil(digits / 2))
    .toString('hex')
    .slice(0, digits);

export const newSecret: NewSecret = () => randomBytes(32).toString('hex');
