import {
  BedrockRuntimeServiceException,
  ConverseCommand,
  type BedrockRuntimeClient,
  type ToolInputSchema,
} from '@aws-sdk/client-bedrock-runtime';
import { GlossError } from '../domain/errors.ts';
import type { VisionModel } from '../ports/vision-model.ts';

const THROTTLED = new Set(['ThrottlingException', 'ServiceQuotaExceededException', 'ModelNotReadyException']);
const REFUSED = new Set(['ValidationException', 'AccessDeniedException', 'ResourceNotFoundException']);

/** A model on Amazon Bedrock, asked by Converse with one tool that it has to use. */
export function bedrockVisionModel(
  client: BedrockRuntimeClient,
  { modelId, maxOutputTokens }: { readonly modelId: string; readonly maxOutputTokens: number },
): VisionModel {
  return {
    modelId,
    async look(jpeg, { text, tool }, kind = 'whole') {
      const start = performance.now();
      const command = new ConverseCommand({
        modelId,
        messages: [
          { role: 'user', content: [{ image: { format: 'jpeg', source: { bytes: jpeg } } }, { text }] },
        ],
        toolConfig: {
          tools: [
            {
              toolSpec: {
                name: tool.name,
                description: tool.description,
                inputSchema: { json: tool.inputSchema } as ToolInputSchema,
              },
            },
          ],
          toolChoice: { tool: { name: tool.name } },
        },
        inferenceConfig: { maxTokens: maxOutputTokens, temperature: 0 },
        // Stands in the account's log of invocations; the embedded model says less of a crop.
        requestMetadata: { view: kind },
      });
      const answer = await client.send(command).catch((error: unknown) => {
        throw translate(error);
      });
      const use = answer.output?.message?.content?.find((block) => block.toolUse?.name === tool.name);
      return {
        reply: fromText(use?.toolUse?.input),
        usage: {
          inputTokens: answer.usage?.inputTokens ?? 0,
          outputTokens: answer.usage?.outputTokens ?? 0,
          latencyMs: Math.round(performance.now() - start),
        },
      };
    },
  };
}

/**
 * Some models write the tool's input as JSON text. A text that is not JSON is returned as it is and rejected
 * later.
 */
function fromText(input: unknown): unknown {
  if (typeof input !== 'string') return input;
  try {
    return JSON.parse(input) as unknown;
  } catch {
    return input;
  }
}

/** What Bedrock says names roles, accounts and models of the deployment: that stays in the cause. */
function translate(cause: unknown): GlossError {
  const name = cause instanceof BedrockRuntimeServiceException ? cause.name : '';
  if (THROTTLED.has(name))
    return new GlossError('throttled', 'model_throttled', 'the model is busy', { cause });
  if (REFUSED.has(name)) {
    // Usually a configuration error (no access to the model, a wrong id). The queue keeps the picture until it is
    // corrected.
    return new GlossError('unavailable', 'model_refused', 'the model refused the request', { cause });
  }
  return new GlossError('unavailable', 'model_unavailable', 'the model did not answer', { cause });
}
