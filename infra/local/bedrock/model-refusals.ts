import type { ConverseRequest } from './converse-protocol.ts';

/**
 * What families of models refuse, in Amazon Bedrock's words. Who takes a tool that is forced, and who any tool: ToolChoice, Amazon Bedrock API
 * Reference. Claude refuses a temperature from Opus 4.7 on ("Migrating to Claude Opus 4.7", Anthropic). All other ids take everything.
 */
const REFUSALS: readonly (readonly [
  modelId: RegExp,
  refuses: (request: ConverseRequest) => boolean,
  says: string,
])[] = [
  [
    /anthropic\.claude-(?:opus-4-[7-9]|(?:opus|sonnet|haiku)-[5-9])/,
    ({ inferenceConfig }) => inferenceConfig.temperature !== undefined,
    'The model returned the following errors: `temperature` is deprecated for this model.',
  ],
  [
    /mistral\.|meta\.llama/,
    ({ choice }) => choice === 'tool',
    "This model doesn't support the toolConfig.toolChoice.tool field. Remove toolConfig.toolChoice.tool and try again.",
  ],
  [
    /meta\.llama/,
    ({ choice }) => choice === 'any',
    "This model doesn't support the toolConfig.toolChoice.any field. Remove toolConfig.toolChoice.any and try again.",
  ],
  [/google\.gemma/, ({ tool }) => tool !== undefined, "This model doesn't support tool use."],
];

/** Why a model refuses a request; undefined where it takes it. */
export const refusalOf = (modelId: string, request: ConverseRequest): string | undefined =>
  REFUSALS.find(([id, refuses]) => id.test(modelId) && refuses(request))?.[2];
