/** Where a tenant wants to hear of its images, and what proves that it is we who call. */
interface WebhookTarget {
  readonly url: string;
  /** As they are shown (`whsec_...`). Each signs what is sent; both sides know one of them. */
  readonly secrets: readonly string[];
}

/** Calls of an address that somebody else has chosen. */
export interface Webhooks {
  /**
   * @param id the same for the same news, however often it is sent
   * @throws GlossError `unavailable` unless the receiver answers 2xx in time; `invalid` for an address that is never called.
   */
  send(target: WebhookTarget, id: string, body: string): Promise<void>;
}
