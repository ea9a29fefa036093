import type { ModelUsage } from '../domain/gloss.ts';
import type { View } from '../domain/view.ts';
import type { Prompt } from '../vision/prompt.ts';

/** A multimodal model that is asked for the input of the prompt's tool. */
export interface VisionModel {
  /** Names the model in the gloss. */
  readonly modelId: string;
  /**
   * Shows one JPEG. The reply is whatever the model wrote: lib/vision/reply.ts decides whether it is one.
   * @param kind of view that the picture is, for what is kept of the call and for models that go by it
   * @throws GlossError `throttled` or `unavailable` (try later), `invalid` (this picture or prompt is refused).
   */
  look(
    jpeg: Uint8Array,
    prompt: Prompt,
    kind?: View['kind'],
  ): Promise<{
    readonly reply: unknown;
    /** Why the model ended, in the words of Amazon Bedrock. */
    readonly stopReason?: string;
    readonly usage: ModelUsage;
  }>;
}
