/** What a tenant has used up in a day. */
export interface UsageCounts {
  /** Pictures that were described. */
  readonly images: number;
  /** Answers of the model that were kept or of no use: one a view, two where the whole picture is asked about twice. */
  readonly views: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Millionths of a dollar for those tokens, at the price of the day. */
  readonly modelMicroUsd: number;
  /** DynamoDB's request units. */
  readonly readUnits: number;
  readonly writeUnits: number;
}

export interface UsageDay extends UsageCounts {
  /** In UTC, as `2026-11-24`. */
  readonly day: string;
}

/** What is to be added to a day. */
export interface UsageEntry {
  readonly day: string;
  readonly counts: Partial<UsageCounts>;
}

/** What two entries of one day add together. */
export function plusCounts(one: UsageEntry['counts'], other: UsageEntry['counts']): UsageEntry['counts'] {
  const counts: Partial<Record<keyof UsageCounts, number>> = { ...one };
  for (const [name, count] of Object.entries(other) as [keyof UsageCounts, number][])
    counts[name] = (counts[name] ?? 0) + count;
  return counts;
}

/** How many images are there, failed ones too, and how many bytes their originals have. */
export interface Totals {
  readonly images: number;
  readonly bytes: number;
}

/** What was added to the sums of some images, in all that time; less than nothing where more went than came. */
export interface Moved extends Totals {
  /** How often: what moved there and back is told from what did not. */
  readonly moves: number;
}

/** Images are counted in so many parts, by the first digit of their ids. What moves one part is no obstacle to counting another. */
export const SUM_PARTS = 16;

/** Sums as they are kept. */
export interface KeptTotals extends Totals {
  /** How often they were written: sums that moved there and back are told from those that did not. */
  readonly moves: number;
  /** Which numbers of their item are none: then nothing can be added to it. Absent where all are. */
  readonly damage?: string;
}
