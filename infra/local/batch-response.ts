import * as z from 'zod';

const BatchResponse = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();

/**
 * The messages of a batch that must come back. Null, `{}` and no failures mean that all is done; an answer that does
 * not parse, or that names a message which is not in the batch, means that nothing is ("Success and failure
 * conditions" of the Lambda guide on SQS).
 */
export function failedMessageIds(answer: unknown, batch: ReadonlySet<string>): ReadonlySet<string> {
  const parsed = BatchResponse.safeParse(answer);
  if (!parsed.success) return batch;
  const failed = (parsed.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return failed.every((messageId) => batch.has(messageId)) ? new Set(failed) : batch;
}
