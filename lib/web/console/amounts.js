// @ts-check

/** Amounts and times, as the console writes them. */

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** "812 bytes", "4.2 MB": by thousands. @param {number} bytes */
export function bytesText(bytes) {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const amount = bytes / 1000 ** power;
  return `${amount.toLocaleString('en', { maximumFractionDigits: power === 0 || amount >= 100 ? 0 : 1 })} ${UNITS[power]}`;
}

/** "$12.40"; below a dollar with four digits, since a picture costs less than a cent. @param {number} usd */
export const usdText = (usd) =>
  usd === 0 || Math.abs(usd) >= 1
    ? `$${usd.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
    : `$${usd.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 4 })}`;

/** @param {number} count */
export const countText = (count) => count.toLocaleString('en', { maximumFractionDigits: 0 });

/** "24 Nov 2026" of a time or a day, in UTC, as days are counted. @param {string} time */
export const dayText = (time) =>
  new Date(time).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });

/** "24 Nov 2026, 14:05" where the person is. @param {string} time */
export const momentText = (time) =>
  new Date(time).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
