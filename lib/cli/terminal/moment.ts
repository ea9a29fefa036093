/** A moment of an answer, ISO 8601 in UTC, for people: `2026-11-30 17:57:31 UTC`. */
export const momentText = (iso: string): string => iso.replace(/^(.{10})T(.{8}).*$/, '$1 $2 UTC');
