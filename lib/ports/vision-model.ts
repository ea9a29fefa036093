import type { ModelUsage } from '../domain/gloss.ts';
import type { Prompt } from '../vision/prompt.ts';

/** A multimodal model that answers with the input of the prompt's tool. */
export interface VisionModel {
  /** Names the model in the gloss. */
  readonly modelId: string;
  /**
   * Shows one JPEG. The reply is whatever the model wrote: lib/vision/reply.ts decides whether it is one.
   * @throws GlossError `throttled` or `unavailable` (try later), `invalid` (this picture or prompt is refused).
   */
  look(jpeg: Uint8Array, prompt: Prompt): Promise<{ readonly reply: unknown; readonly usage: ModelUsage }>;
}
