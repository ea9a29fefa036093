/** Lets any number of works go on at once, or one alone: in the order in which they came. */
export class Gate {
  #lastAlone: Promise<unknown> = Promise.resolve();
  readonly #shared = new Set<Promise<unknown>>();

  /** Runs together with others that share, after everything before it that ran alone. */
  share<Result>(work: () => Promise<Result>): Promise<Result> {
    const run = this.#lastAlone.then(work);
    const ended: Promise<unknown> = settled(run).then(() => this.#shared.delete(ended));
    this.#shared.add(ended);
    return run;
  }

  /** Runs after everything that came before it, and before everything that comes after it. */
  alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const run = Promise.all([this.#lastAlone, ...this.#shared]).then(work);
    this.#lastAlone = settled(run);
    return run;
  }
}

const settled = (work: Promise<unknown>): Promise<void> =>
  work.then(
    () => undefined,
    () => undefined,
  );
