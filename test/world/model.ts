import { createHash } from 'node:crypto';

/** What of a Converse request the world looks at. */
export interface ConverseInput {
  readonly messages?: readonly {
    readonly content?: readonly { readonly image?: { readonly source?: { readonly bytes?: Uint8Array } } }[];
  }[];
  readonly toolConfig?: { readonly toolChoice?: { readonly tool?: { readonly name?: string } } };
}

const WORDS = [
  'harbour',
  'bicycle',
  'lantern',
  'meadow',
  'violin',
  'kettle',
  'tower',
  'otter',
  'bridge',
  'apple',
];

/** A model that says the same of the same picture: words by the hash of its bytes. */
export function converse({ messages = [], toolConfig }: ConverseInput) {
  const bytes = messages.flatMap(({ content = [] }) => content).find(({ image }) => image)?.image
    ?.source?.bytes;
  const hash = createHash('sha256')
    .update(bytes ?? '')
    .digest();
  const tags = [0, 1, 2].map((i) => WORDS[hash[i]! % WORDS.length]!);
  const input = { tags, caption: `a ${tags[0]!} beside a ${tags[1]!}`, visibleText: '' };
  return {
    output: {
      message: {
        role: 'assistant',
        content: [{ toolUse: { toolUseId: 'only', name: toolConfig?.toolChoice?.tool?.name, input } }],
      },
    },
    stopReason: 'tool_use',
    usage: { inputTokens: 1_000 + hash[3]!, outputTokens: 50 + (hash[4]! % 16), totalTokens: 0 },
    metrics: { latencyMs: 1 },
  };
}
