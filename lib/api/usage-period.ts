import { GlossError } from '../domain/errors.ts';
import { monthOf } from '../domain/calendar.ts';

/** The days that a request about usage names, the current month where it names none. @throws GlossError `invalid`. */
export function daysAsked(
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
  nowMs: number,
): { readonly from: string; readonly to: string } {
  const month = monthOf(nowMs);
  const { from = month.from, to = month.to } = asked;
  if (from > to) throw new GlossError('invalid', 'field', 'from: is after to', { place: { field: 'from' } });
  return { from, to };
}
