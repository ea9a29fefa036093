import type { Condition } from './query-terms.ts';

/** Which of the query's conditions hold, for a number of documents at a time. */
export class ConditionTable {
  readonly #conditions: readonly Condition[];
  readonly #has: readonly Uint8Array[];
  readonly #lacks: readonly Uint16Array[];

  /** @param slots how many documents at a time */
  constructor(conditions: readonly Condition[], slots: number) {
    this.#conditions = conditions;
    this.#has = conditions.map(() => new Uint8Array(slots));
    this.#lacks = conditions.map(() => new Uint16Array(slots));
  }

  /** Forgets all documents. */
  clear(): void {
    for (const marks of this.#has) marks.fill(0);
    for (const counts of this.#lacks) counts.fill(0);
  }

  /** Calls for every place where the term stands in a condition. */
  marksOf(term: string): ((slot: number) => void)[] {
    return this.#conditions.flatMap(({ has, lacks }, i) => {
      const marks = this.#has[i]!;
      const counts = this.#lacks[i]!;
      return [
        ...(has.includes(term) ? [(slot: number) => void (marks[slot] = 1)] : []),
        ...(lacks.includes(term) ? [(slot: number) => void (counts[slot]! += 1)] : []),
      ];
    });
  }

  /** Whether all conditions hold for the document that had these terms, and no others. */
  hold(slot: number): boolean {
    for (let i = 0; i < this.#conditions.length; i += 1) {
      if (this.#has[i]![slot] === 0 && this.#lacks[i]![slot]! >= this.#conditions[i]!.lacks.length)
        return false;
    }
    return true;
  }
}
