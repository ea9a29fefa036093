/** An ending: its text, the number of the longest other one that it ends or begins with (-1: none), and what follows. */
export type Among = readonly [text: string, longest: number, result: number];

type Letters = ReadonlySet<string> | string;

const isOf = (letters: Letters, letter: string): boolean =>
  typeof letters === 'string' ? letters.includes(letter) : letters.has(letter);

/**
 * What every stemmer of Snowball runs on: a word with a cursor, and a piece between `bra` and `ket`. Routines ending in B go backwards.
 * The same as the class of that name in Snowball's package for Python; strings are of UTF-16, of which no algorithm here changes halves.
 */
export abstract class BaseStemmer {
  protected current = '';
  protected cursor = 0;
  protected limit = 0;
  protected limitBackward = 0;
  protected bra = 0;
  protected ket = 0;

  protected abstract stem(): boolean;

  /** @param word in lower case */
  stemWord(word: string): string {
    this.current = word;
    this.cursor = this.bra = this.limitBackward = 0;
    this.ket = this.limit = word.length;
    this.stem();
    return this.current;
  }

  protected inGrouping(letters: Letters): boolean {
    if (this.cursor >= this.limit || !isOf(letters, this.current[this.cursor]!)) return false;
    this.cursor += 1;
    return true;
  }

  protected inGroupingB(letters: Letters): boolean {
    if (this.cursor <= this.limitBackward || !isOf(letters, this.current[this.cursor - 1]!)) return false;
    this.cursor -= 1;
    return true;
  }

  protected outGrouping(letters: Letters): boolean {
    if (this.cursor >= this.limit || isOf(letters, this.current[this.cursor]!)) return false;
    this.cursor += 1;
    return true;
  }

  protected outGroupingB(letters: Letters): boolean {
    if (this.cursor <= this.limitBackward || isOf(letters, this.current[this.cursor - 1]!)) return false;
    this.cursor -= 1;
    return true;
  }

  protected goInGrouping(letters: Letters): boolean {
    for (; this.cursor < this.limit; this.cursor += 1)
      if (!isOf(letters, this.current[this.cursor]!)) return true;
    return false;
  }

  protected goInGroupingB(letters: Letters): boolean {
    for (; this.cursor > this.limitBackward; this.cursor -= 1)
      if (!isOf(letters, this.current[this.cursor - 1]!)) return true;
    return false;
  }

  protected goOutGrouping(letters: Letters): boolean {
    for (; this.cursor < this.limit; this.cursor += 1)
      if (isOf(letters, this.current[this.cursor]!)) return true;
    return false;
  }

  protected goOutGroupingB(letters: Letters): boolean {
    for (; this.cursor > this.limitBackward; this.cursor -= 1)
      if (isOf(letters, this.current[this.cursor - 1]!)) return true;
    return false;
  }

  protected eqS(text: string): boolean {
    if (this.cursor + text.length > this.limit || !this.current.startsWith(text, this.cursor)) return false;
    this.cursor += text.length;
    return true;
  }

  protected eqSB(text: string): boolean {
    const start = this.cursor - text.length;
    if (start < this.limitBackward || !this.current.startsWith(text, start)) return false;
    this.cursor = start;
    return true;
  }

  /** The result of the longest text of the list that begins at the cursor, which moves behind it; 0 for none. */
  protected findAmong(among: readonly Among[]): number {
    const start = this.cursor;
    const at = search(among, (text) => {
      const end = Math.min(text.length, this.limit - start);
      for (let i = 0; i < end; i += 1) {
        const difference = this.current.charCodeAt(start + i) - text.charCodeAt(i);
        if (difference !== 0) return difference;
      }
      return end - text.length;
    });
    for (let i = at; i >= 0; i = among[i]![1]) {
      const [text, , result] = among[i]!;
      if (start + text.length > this.limit || !this.current.startsWith(text, start)) continue;
      this.cursor = start + text.length;
      return result;
    }
    return 0;
  }

  /** The same for texts that end at the cursor, which moves before it. */
  protected findAmongB(among: readonly Among[]): number {
    const end = this.cursor;
    const at = search(among, (text) => {
      const length = Math.min(text.length, end - this.limitBackward);
      for (let i = 1; i <= length; i += 1) {
        const difference = this.current.charCodeAt(end - i) - text.charCodeAt(text.length - i);
        if (difference !== 0) return difference;
      }
      return length - text.length;
    });
    for (let i = at; i >= 0; i = among[i]![1]) {
      const [text, , result] = among[i]!;
      const start = end - text.length;
      if (start < this.limitBackward || !this.current.startsWith(text, start)) continue;
      this.cursor = start;
      return result;
    }
    return 0;
  }

  protected sliceFrom(text: string): void {
    this.#replace(this.bra, this.ket, text);
    this.ket = this.bra + text.length;
  }

  protected sliceDel(): void {
    this.sliceFrom('');
  }

  protected sliceTo(): string {
    return this.current.slice(this.bra, this.ket);
  }

  protected insert(start: number, end: number, text: string): void {
    const growth = this.#replace(start, end, text);
    if (start <= this.bra) this.bra += growth;
    if (start <= this.ket) this.ket += growth;
  }

  #replace(start: number, end: number, text: string): number {
    const growth = text.length - (end - start);
    this.current = this.current.slice(0, start) + text + this.current.slice(end);
    this.limit += growth;
    if (this.cursor >= end) this.cursor += growth;
    else if (this.cursor > start) this.cursor = start;
    return growth;
  }
}

/** The last of a sorted list that is not above what is compared; -1 for none. */
function search(among: readonly Among[], compare: (text: string) => number): number {
  let low = 0;
  let high = among.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(among[middle]![0]) < 0) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}
