/** Time, handed in so that tests hold it. */
export interface Clock {
  nowMs(): number;
}

/** Randomness for names that must not meet; not for secrets. */
export type RandomHex = (digits: number) => string;

/** 256 random bits that nobody can guess, in hexadecimal. */
export type NewSecret = () => string;
