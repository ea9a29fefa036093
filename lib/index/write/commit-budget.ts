import { textsOf, type Gloss } from '../../domain/gloss.ts';
import { fileTexts } from '../../text/file-texts.ts';
import { tokenize } from '../../text/tokenize.ts';

/**
 * What one commit adds at most, but for a gloss that is larger by itself. Writing a segment takes memory and time for each
 * distinct word: the worst commit within these takes less than half of the index function's gigabyte (docs/reliability.md).
 */
const COMMIT_BUDGET = { textBytes: 1_000_000, distinctWords: 25_000 };

/** Counts what the glosses of one commit ask for. */
export class CommitBudget {
  readonly #most: typeof COMMIT_BUDGET;
  readonly #words = new Set<string>();
  #bytes = 0;
  #glosses = 0;

  constructor(most = COMMIT_BUDGET) {
    this.#most = most;
  }

  /** Whether the commit has room for one more gloss, which then is counted; the first always has. After a refusal it has none. */
  takes({ views, file }: Gloss): boolean {
    for (const text of [...views.flatMap(textsOf), ...fileTexts(file).map(({ text }) => text)]) {
      this.#bytes += Buffer.byteLength(text);
      for (const { word } of tokenize(text)) this.#words.add(word);
    }
    this.#glosses += 1;
    const { textBytes, distinctWords } = this.#most;
    return this.#glosses === 1 || (this.#bytes <= textBytes && this.#words.size <= distinctWords);
  }
}
