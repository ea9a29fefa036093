/** A number as letters that no analysis changes: words with digits in them are more than one term. */
export const inLetters = (count: number): string =>
  String(count).replace(/\d/g, (digit) => 'bcdfghjkmn'[Number(digit)]!);
