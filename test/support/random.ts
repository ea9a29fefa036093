/** Numbers that are the same in every run. */
export interface Random {
  /** From 0 to below 1. */
  fraction(): number;
  /** A whole number from 0 to below `end`. */
  below(end: number): number;
  chance(share: number): boolean;
  pick<T>(of: readonly T[]): T;
  /** Distinct ones, in any order. */
  sample<T>(of: readonly T[], count: number): T[];
}

/** Source: M. E. O'Neill's splitmix-like mixing as in "mulberry32" (Tommy Ettinger, public domain). */
export function randomOf(seed: number): Random {
  let state = Math.imul(seed, 0x9e37_79b9) >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(fraction() * end);
  return {
    fraction,
    below,
    chance: (share) => fraction() < share,
    pick: (of) => of[below(of.length)]!,
    sample(of, count) {
      const left = [...of];
      return Array.from(
        { length: Math.min(count, left.length) },
        () => left.splice(below(left.length), 1)[0]!,
      );
    },
  };
}
