import { GlossError } from '../domain/errors.ts';
import type { VisionModel } from '../ports/vision-model.ts';

/** More views than a picture is asked about at once. */
const MOST_AT_ONCE = 16;

type Entrant = PromiseWithResolvers<undefined>;

/**
 * How many calls of a model an instance has under way at most. A call that is refused for load halves that, down to one, and those that
 * wait for their turn are refused with it: they would be, too. Each answer raises it, by one for as many answers as there may be calls
 * (additive increase, multiplicative decrease, as TCP shares a line).
 */
export class Pace {
  #limit = MOST_AT_ONCE;
  #underWay = 0;
  readonly #waiting: Entrant[] = [];

  /** Calls at once. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** @throws what the call throws, or what a call before it was refused with */
  async call<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    await this.#enter();
    try {
      const answer = await ask();
      this.#limit = Math.min(MOST_AT_ONCE, this.#limit + 1 / this.#limit);
      return answer;
    } catch (error) {
      if (error instanceof GlossError && error.kind === 'throttled') {
        this.#limit = Math.max(1, Math.floor(this.#limit / 2));
        for (const { reject } of this.#waiting.splice(0)) reject(error);
      }
      throw error;
    } finally {
      this.#underWay -= 1;
      this.#admit();
    }
  }

  #enter(): Promise<undefined> {
    const entrant = Promise.withResolvers<undefined>();
    this.#waiting.push(entrant);
    this.#admit();
    return entrant.promise;
  }

  #admit(): void {
    while (this.#underWay < this.limit && this.#waiting.length > 0) {
      this.#underWay += 1;
      this.#waiting.shift()!.resolve(undefined);
    }
  }
}

/** A model that is asked at a pace, which it may share with others. */
export const pacingVisionModel = (model: VisionModel, pace: Pace): VisionModel => ({
  modelId: model.modelId,
  look: (...view) => pace.call(() => model.look(...view)),
});
