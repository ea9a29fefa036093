/** The day of a moment in UTC, as `2026-11-24`. */
export const dayOf = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 10);

/** A moment in UTC to the second, as `2026-11-24T10:20:30`. */
export const momentOf = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 19);

/** The calendar month of a moment in UTC, as its first and its last day may be. */
export function monthOf(nowMs: number): { readonly from: string; readonly to: string } {
  const month = dayOf(nowMs).slice(0, 7);
  return { from: `${month}-01`, to: `${month}-31` };
}
