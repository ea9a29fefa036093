import type { GlossOrigin } from '../../domain/gloss.ts';
import type { DescribeRun } from '../../ports/glosses.ts';
import { promptsIn, type Prompt } from '../../vision/prompt.ts';
import type { DescribeDeps, DescribeRequest } from './describe-request.ts';

/** What a picture is asked about with, and under what its answers are kept: under the version of their own prompt, so that a change of
 * `asks` pays for none of them again. */
interface Ask {
  readonly prompt: Prompt;
  readonly run: DescribeRun;
  /** From the second on; absent for the first. */
  readonly ask?: number;
}

/** The part of a gloss's origin that all asks share. */
export const madeWith = ({ model, settings }: DescribeDeps): Omit<GlossOrigin, 'promptVersion'> => ({
  model: model.modelId,
  cropPolicy: settings.cropPolicy,
});

/** The asks about a picture, one after the other. */
export function asksOf(deps: DescribeDeps, { imageId, sequencer }: DescribeRequest): Ask[] {
  const { language = 'en', asks = 1 } = deps.settings;
  return promptsIn(language, asks).map((prompt, i) => ({
    prompt,
    run: { imageId, sequencer, origin: { ...madeWith(deps), promptVersion: prompt.version } },
    ...(i > 0 && { ask: i + 1 }),
  }));
}
