import type { ApiKeys } from '../../ports/api-keys.ts';
import type { EndedKeys } from '../../ports/ended-keys.ts';
import type { Clock } from '../../ports/runtime.ts';

interface EndKeysDeps {
  readonly endedKeys: EndedKeys;
  readonly apiKeys: Pick<ApiKeys, 'endByHash'>;
  readonly clock: Clock;
}

const PAGE = 100;
/** A day longer than the 35 that lie within reach of a restored table (point-in-time recovery of DynamoDB). */
const KEPT_MS = 36 * 24 * 3_600_000;

/**
 * Has no key open anything that was ended, also where the table of keys was restored to a time before that. What nobody can restore any more
 * is forgotten. Half a read unit for each key that was ended within 36 days.
 * @returns how many opened something again
 */
export async function endKeysAgain({ endedKeys, apiKeys, clock }: EndKeysDeps): Promise<{ ended: number }> {
  let ended = 0;
  let after: string | undefined;
  do {
    const page = await endedKeys.list({ limit: PAGE, ...(after !== undefined && { after }) });
    const nowMs = clock.nowMs();
    for (const { hash, endsAtMs, recordedAtMs } of page.ended) {
      if (endsAtMs <= nowMs && (await apiKeys.endByHash(hash))) ended += 1;
      if (recordedAtMs + KEPT_MS < nowMs) await endedKeys.remove(hash);
    }
    after = page.next;
  } while (after !== undefined);
  return { ended };
}
