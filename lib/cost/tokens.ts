import { bareModelId } from '../domain/prices.ts';
import type { Language } from '../domain/language.ts';
import { askedForJson, shapeFor } from '../vision/model-request.ts';
import { promptsIn, type Prompt } from '../vision/prompt.ts';

/** What one call of a model reads and writes. */
export interface CallTokens {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** The usual rule for English; a tokenizer of its own would be needed for each model. */
const CHARACTERS_A_TOKEN = 4;

/** Of replies: 25 short tags and a sentence; 25 tags and 60 to 120 words. Reckoned in docs/adr/0106-asked-twice.md. */
const OUTPUT_TOKENS = [130, 250] as const;

/** Pixels of a view of a photo of 4:3, which is the usual one. */
const VIEW_PIXELS = 1_024 * 768;

/** What a view counts, by the beginning of a bare model id, the first that fits. */
const PICTURE_TOKENS: readonly (readonly [begins: string, tokens: number])[] = [
  // "Usage is billed at a flat rate of 230 tokens per image": Amazon Nova 2 User Guide, Multimodal understanding.
  ['amazon.nova-2-', 230],
  // 0.00009 dollars a picture of Nova Lite and 0.0012 of Nova Pro in Helicone's price list (packages/cost), at their prices of tokens.
  ['amazon.nova-', 1_500],
  // Width times height over 750: Anthropic, Vision.
  ['anthropic.claude-', Math.ceil(VIEW_PIXELS / 750)],
];

/** The tool as a request has it, whose text counts too. */
const toolText = ({ name, description, inputSchema }: Prompt['tool']): string =>
  JSON.stringify({ toolSpec: { name, description, inputSchema: { json: inputSchema } } });

/** Characters beside the picture in the request that a model is sent. */
export function promptCharacters(modelId: string, prompt: Prompt): number {
  const { tool } = shapeFor(modelId);
  return tool === 'none'
    ? `${prompt.text}\n${askedForJson(prompt.tool.inputSchema)}`.length
    : prompt.text.length + toolText(prompt.tool).length;
}

/** Of the first ask of each view and of the second about the whole picture; undefined for a model of which nobody says what a picture counts. */
export function tokensOf(modelId: string, language: Language = 'en'): readonly CallTokens[] | undefined {
  const picture = PICTURE_TOKENS.find(([begins]) => bareModelId(modelId).startsWith(begins))?.[1];
  if (picture === undefined) return undefined;
  return promptsIn(language, OUTPUT_TOKENS.length).map((prompt, ask) => ({
    inputTokens: picture + Math.ceil(promptCharacters(modelId, prompt) / CHARACTERS_A_TOKEN),
    outputTokens: OUTPUT_TOKENS[ask]!,
  }));
}
