import type { ApiAnswer, ApiRequest, Service } from '../world/service.ts';

/** Longer all together than a request's Idempotency-Key is held by a worker that died. */
const WAITS_SEC = [1, 2, 4, 8, 16, 32];

/**
 * Asks as docs/api.md tells clients to: again after a while where no answer came or the service was busy, with the same
 * Idempotency-Key. @returns the last answer
 */
export async function askPatiently(service: Service, request: ApiRequest): Promise<ApiAnswer> {
  let answer = await service.request(request);
  for (const sec of WAITS_SEC) {
    if (!isWorthAnother(answer)) return answer;
    const { time } = service.world;
    time.moveTo(time.nowMs() + sec * 1000);
    answer = await service.request(request);
  }
  return answer;
}

const isWorthAnother = ({ status, json }: ApiAnswer): boolean =>
  status >= 500 || status === 429 || (status === 409 && codeOf(json) === 'under_way');

/** The code of a problem; undefined where the answer is none. */
export const codeOf = (json: unknown): string | undefined =>
  (json as { readonly code?: string } | undefined)?.code;
