/** How a piece of a query was read, where that is not plain from the piece itself. */
export const READINGS = [
  /** Left out: it says nothing beside the other words. */
  'function word',
  /** Left out: it says that something is searched for, as "a photo of" does. */
  'frame',
  /** Left out: a sign, quote or bracket that has nothing to do where it stands. */
  'punctuation',
  /** A word like others: AND, OR or NOT without two sides, a field without a word. */
  'word',
  /** A word like others: no field has this name. */
  'unknown field',
  /** A word like others: what stands behind it is no date. */
  'no date',
  /** A word with `*` or `?` that stands for more words than are looked for: for those that most pictures have. */
  'frequent words',
  /** What follows it is asked not to be there: pictures that have it come last. */
  'absence',
] as const;

export interface QueryNote {
  readonly as: (typeof READINGS)[number];
  /** As typed. */
  readonly text: string;
  /** Where it stands in the query, in UTF-16 code units. */
  readonly at: number;
}
