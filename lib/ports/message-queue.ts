/** Sends messages; each is delivered at least once. */
export interface MessageQueue<Message> {
  send(messages: readonly Message[], options?: { readonly delaySec?: number }): Promise<void>;
}
