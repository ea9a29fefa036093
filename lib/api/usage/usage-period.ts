import { GlossError } from '../../domain/errors.ts';
import { dayOf, monthOf } from '../../domain/calendar.ts';

/** The days that a request about usage names, the current month where it names none. @throws GlossError `invalid`. */
export function usagePeriod(
  wanted: { readonly from?: string | undefined; readonly to?: string | undefined },
  nowMs: number,
): { readonly from: string; readonly to: string } {
  const now = new Date(nowMs);
  const lastDay = dayOf(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0));
  const { from = monthOf(nowMs).from, to = lastDay } = wanted;
  if (from > to) throw new GlossError('invalid', 'field', 'from is after to', { place: { field: 'from' } });
  return { from, to };
}
