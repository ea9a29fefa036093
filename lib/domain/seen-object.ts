/** An object under a key, as the bucket showed it to somebody who looked. */
export interface SeenObject {
  /** By the clock of S3, to the second. */
  readonly storedAtMs: number;
  /** Tells versions apart that were stored within a second; absent in a bucket without versions. */
  readonly versionId?: string;
  /** Of its content; absent in records of before this was kept. */
  readonly eTag?: string;
  /** Of its content, 64 hexadecimal digits; absent where nobody has told or counted it yet. */
  readonly sha256?: string;
}

/**
 * Whether what is under a key is what somebody saw there before, be it nothing. Without versions, time and content tell.
 * Records of before content was kept know a time alone: what is not younger was there.
 */
export function isSameObject(now: SeenObject | null, before: SeenObject | null): boolean {
  if (!now || !before) return now === before;
  if (now.versionId !== undefined && before.versionId !== undefined)
    return now.versionId === before.versionId;
  if (before.eTag === undefined) return secondOf(now.storedAtMs) <= secondOf(before.storedAtMs);
  return now.eTag === before.eTag && secondOf(now.storedAtMs) === secondOf(before.storedAtMs);
}

/**
 * Whether what is under a key is another object than somebody saw there, and no older one.
 * @param before null where nothing was there
 */
export const cameAfter = (now: SeenObject, before: SeenObject | null): boolean =>
  before === null || (!isSameObject(now, before) && secondOf(now.storedAtMs) >= secondOf(before.storedAtMs));

/** In which S3 tells times. */
export const secondOf = (ms: number): number => Math.floor(ms / 1000);
