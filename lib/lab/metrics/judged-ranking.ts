/** One document that a query returned, judged. */
interface Judged {
  readonly score: number;
  readonly relevant: boolean;
}

/** What one query returned, best first, and how many documents are relevant to it in all. */
export interface JudgedRanking {
  readonly query: string;
  readonly positives: number;
  readonly returned: readonly Judged[];
}

export const relevantReturned = ({ returned }: JudgedRanking): number =>
  returned.filter(({ relevant }) => relevant).length;
