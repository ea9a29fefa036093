/** Another function of the deployment, which does a part of the work with rights of its own. */
export interface RemoteFunction<Request, Answer> {
  /**
   * What the function returns. Both ways hold at most 6 MB of JSON.
   * @param giveUp aborted when nobody waits for the answer any more; the function itself goes on
   * @throws GlossError `throttled` (too many invocations at a time), `unavailable` (`function_failed`: it threw or its
   * process ended; `function_timed_out`; `function_unavailable`: no answer), `internal` (what it may not be asked, or an answer of
   * another shape)
   */
  call(request: Request, giveUp?: AbortSignal): Promise<Answer>;
}
