/**
 * Bytes of an answer at most. A function answers with 6 MB at most, its head and its JSON envelope included ("Lambda quotas",
 * AWS Lambda Developer Guide).
 */
export const MAX_ANSWER_BYTES = 5_000_000;

/** Bytes that a value takes in a function's answer, where the JSON body is a string of JSON again. */
export const answerBytes = (value: unknown): number =>
  Buffer.byteLength(JSON.stringify(JSON.stringify(value)));

/** How many of the first entries fit, one at least: what a page leaves out begins the next one. */
export function fittingCount(entries: readonly unknown[], room = MAX_ANSWER_BYTES): number {
  let bytes = 0;
  const tooMany = entries.findIndex((entry) => (bytes += answerBytes(entry)) > room);
  return tooMany < 0 ? entries.length : Math.max(1, tooMany);
}
