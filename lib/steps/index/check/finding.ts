import { GlossError } from '../../../domain/errors.ts';

/** A lie in an index, and where it is. */
export interface Finding {
  /** Absent for the manifest. */
  readonly segmentId?: string;
  /** Sort key of the item; absent for a segment as a whole. */
  readonly sk?: string;
  /** What is wrong. The message of a decoder begins with segment, item and byte. */
  readonly what: string;
}

/** What a decoder refused. @throws the error itself, if it is of another kind */
export function asFinding(error: unknown, place: Omit<Finding, 'what'>): Finding {
  // eslint-disable-next-line no-restricted-syntax -- our own words
  if (error instanceof GlossError && error.kind === 'corrupt') return { ...place, what: error.message };
  throw error;
}

/** Runs one check: what it yields, and then what it throws, are findings. */
export function* findingsOf(
  place: Omit<Finding, 'what'>,
  check: () => Iterable<string | Finding>,
): Generator<Finding> {
  try {
    for (const found of check()) yield typeof found === 'string' ? { ...place, what: found } : found;
  } catch (error) {
    yield asFinding(error, place);
  }
}
