/** Years of pictures: what cameras, scanners and people write down and may mean. */
export const FIRST_YEAR = 1800;
export const LAST_YEAR = 2200;

/** In which order pictures come by their dates; those without a date come last in both. */
export const DATE_ORDERS = ['newest', 'oldest'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;

/** The days of a year, month or day, the last one included; undefined for what is no date from 1800 to 2200. @param text as "2024-05" */
export function daysOf(text: string): { readonly first: string; readonly last: string } | undefined {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined || Number(year) < FIRST_YEAR || Number(year) > LAST_YEAR) return undefined;
  if (month === undefined) return { first: `${year}-01-01`, last: `${year}-12-31` };
  if (Number(month) < 1 || Number(month) > 12) return undefined;
  const days = daysInMonth(Number(year), Number(month));
  if (day === undefined) return { first: `${text}-01`, last: `${text}-${days}` };
  return Number(day) >= 1 && Number(day) <= days ? { first: text, last: text } : undefined;
}

/** The months of a year, the days of a month, the hours of a day ("2024-05-17T10"). @param date as "2024", "2024-05" or "2024-05-17" */
export function partsOfDate(date: string): string[] {
  const [year, month, day] = date.split('-').map(Number);
  const two = (number: number) => String(number).padStart(2, '0');
  const counted = (count: number, partOf: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => partOf(i));
  if (month === undefined) return counted(12, (i) => `${date}-${two(i + 1)}`);
  if (day === undefined) return counted(daysInMonth(year!, month), (i) => `${date}-${two(i + 1)}`);
  return counted(24, (i) => `${date}T${two(i)}`);
}

/** @param month from 1 */
export const daysInMonth = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();
