/** A query has 1 to this many UTF-16 code units, with syntax and without. */
export const MAX_QUERY_CHARS = 1_000;
