/** How words are written, counted over glosses: of each term the spelling that most have, and of equal ones the first. */
export class CommonestSpelling {
  readonly #counts = new Map<string, Map<string, number>>();

  /** @param words of a gloss: its terms with the spelling that it has for each */
  add(words: ReadonlyMap<string, string>): void {
    for (const [term, word] of words) {
      const counts = this.#counts.get(term) ?? new Map<string, number>();
      this.#counts.set(term, counts.set(word, (counts.get(word) ?? 0) + 1));
    }
  }

  /** Undefined for a term that no gloss had. */
  get(term: string): string | undefined {
    let best: string | undefined;
    let most = 0;
    for (const [word, count] of this.#counts.get(term) ?? []) if (count > most) [best, most] = [word, count];
    return best;
  }
}
