const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'];

/** A number of bytes for people, in powers of ten: `812 bytes`, `3.4 MB`. */
export function sizeText(bytes: number): string {
  const power = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${UNITS[power]!}`;
}
