interface Part {
  close(): Promise<void>;
}

/** What has been started so far, to be closed in the reverse order, also when a start fails half-way. */
export class Parts {
  readonly #parts: Part[] = [];

  add<T extends Part>(part: T): T {
    this.#parts.push(part);
    return part;
  }

  async close(): Promise<void> {
    for (const part of this.#parts.splice(0).reverse()) await part.close();
  }
}
