import type { Context } from 'aws-lambda';
import { DecodeAnswer, DecodeRequest, refusal } from '../lib/adapters/decode-protocol.ts';
import { fetchPicture } from '../lib/adapters/fetch-picture.ts';
import { sha256Of } from '../lib/domain/sha256.ts';
import { GlossError } from '../lib/domain/errors.ts';
import { decodeDeps } from './deps/decode-deps.ts';
import { logger } from './shared/telemetry.ts';

const { decoder, origin } = decodeDeps(process.env);
decoder.prepare();

/** Enough to answer after the child was killed. */
const SPARE_MS = 2_000;

/** Called by Describe: a picture of S3 becomes its views. This function has no right to anything but its logs. */
export async function handler(event: unknown, context: Context): Promise<DecodeAnswer> {
  const { owner, url, wish } = DecodeRequest.parse(event);
  const leftMs = Math.max(0, context.getRemainingTimeInMillis() - SPARE_MS);
  const deadlineMs = Date.now() + leftMs;
  try {
    const signal = AbortSignal.timeout(leftMs);
    const bytes = await fetchPicture(url, { origin, maxBytes: wish.maxBytes, signal });
    const { answer, cost } = await decoder.decode({ owner, bytes, wish, deadlineMs });
    logger.info('decoded', { owner, bytes: bytes.length, ...cost });
    const parsed = DecodeAnswer.parse(answer);
    return 'refused' in parsed ? parsed : { ...parsed, sha256: sha256Of(bytes) };
  } catch (error) {
    if (!(error instanceof GlossError)) throw error;
    logger.info('not decoded', { owner, code: error.code, cause: error.cause, ...decoder.lastCost });
    return refusal(error);
  } finally {
    decoder.prepare();
  }
}
