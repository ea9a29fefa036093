import { GlossError } from '../../domain/errors.ts';
import type { ImageFailure } from '../../domain/image.ts';
import { reasonText } from '../../domain/visible-text.ts';

/** Why an image failed, from what was thrown. */
export function failureOf(error: unknown, retryable: boolean): ImageFailure {
  // eslint-disable-next-line no-restricted-syntax -- our own words
  if (error instanceof GlossError) return { code: error.code, reason: reasonText(error.message), retryable };
  return {
    code: 'internal',
    reason: 'describing failed for a reason of our own; it will be looked into',
    retryable,
  };
}
