/** Hears how far a long piece of work is. */
export interface Progress {
  /** Another phase of the same work begins. */
  phase(label: string, total: number): void;
  update(done: number): void;
  /** A line of its own, above the bar. */
  note(line: string): void;
  stop(): void;
}
