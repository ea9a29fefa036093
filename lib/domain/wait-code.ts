/** What an image can wait for before it is described. */
export const WAIT_CODES = ['budget_used_up', 'model_throttled', 'model_quota', 'model_unavailable'] as const;
export type WaitCode = (typeof WAIT_CODES)[number];
