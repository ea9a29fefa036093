/** What a search cost, counted and not timed, but for the two durations. */
export interface SearchFigures {
  readonly docCount: number;
  readonly segments: number;
  readonly postings: number;
  readonly evaluateMs: number;
  readonly totalMs: number;
}
