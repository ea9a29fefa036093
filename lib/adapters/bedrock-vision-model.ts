import {
  BedrockRuntimeServiceException,
  ConverseCommand,
  ValidationException,
  type BedrockRuntimeClient,
  type ContentBlock,
  type ConverseCommandOutput,
  type ToolConfiguration,
  type ToolInputSchema,
} from '@aws-sdk/client-bedrock-runtime';
import { GlossError } from '../domain/errors.ts';
import type { VisionModel } from '../ports/vision-model.ts';
import {
  askedForJson,
  shapeFor,
  shapeOfBoth,
  shapeWithout,
  type RequestShape,
} from '../vision/model-request.ts';
import type { Prompt } from '../vision/prompt.ts';

const THROTTLED = new Set(['ThrottlingException', 'ServiceQuotaExceededException', 'ModelNotReadyException']);
/** As in "Too many tokens per day, please wait before trying again.": waiting for seconds does not help. */
const OF_THE_DAY = /\bper day\b|\bdaily\b/i;
const REFUSED = new Set(['ValidationException', 'AccessDeniedException', 'ResourceNotFoundException']);

/**
 * A model on Amazon Bedrock, asked by Converse with one tool that it has to use, or as its family can be asked. What a refusal names is left out of
 * this request and of all further ones; refusals cost nothing.
 */
export function bedrockVisionModel(
  client: BedrockRuntimeClient,
  { modelId, maxOutputTokens }: { readonly modelId: string; readonly maxOutputTokens: number },
): VisionModel {
  let known = shapeFor(modelId);

  async function ask(command: (shape: RequestShape) => ConverseCommand): Promise<ConverseCommandOutput> {
    for (let shape = known; ;) {
      try {
        return await client.send(command(shape));
      } catch (error) {
        // eslint-disable-next-line no-restricted-syntax -- read for what it names, and shown to nobody
        const refusal = error instanceof ValidationException ? error.message : undefined;
        const plainer = refusal === undefined ? undefined : shapeWithout(shape, refusal);
        if (!plainer) throw translate(error);
        known = shapeOfBoth(known, plainer);
        shape = plainer;
      }
    }
  }

  return {
    modelId,
    async look(jpeg, prompt, kind = 'whole') {
      const start = performance.now();
      const answer = await ask(({ tool, hasTemperature }) => {
        const text =
          tool === 'none' ? `${prompt.text}\n${askedForJson(prompt.tool.inputSchema)}` : prompt.text;
        return new ConverseCommand({
          modelId,
          messages: [
            { role: 'user', content: [{ image: { format: 'jpeg', source: { bytes: jpeg } } }, { text }] },
          ],
          ...(tool !== 'none' && { toolConfig: toolConfigOf(prompt.tool, tool) }),
          inferenceConfig: { maxTokens: maxOutputTokens, ...(hasTemperature && { temperature: 0 }) },
          // Stands in the account's log of invocations; the embedded model says less of a crop.
          requestMetadata: { view: kind },
        });
      });
      return {
        reply: replyIn(answer.output?.message?.content ?? []),
        ...(answer.stopReason !== undefined && { stopReason: answer.stopReason }),
        usage: {
          inputTokens: answer.usage?.inputTokens ?? 0,
          outputTokens: answer.usage?.outputTokens ?? 0,
          latencyMs: Math.round(performance.now() - start),
        },
      };
    },
  };
}

function toolConfigOf(
  { name, description, inputSchema }: Prompt['tool'],
  choice: Exclude<RequestShape['tool'], 'none'>,
): ToolConfiguration {
  const toolChoice = { forced: { tool: { name } }, any: { any: {} }, auto: undefined }[choice];
  const toolSpec = { name, description, inputSchema: { json: inputSchema } as ToolInputSchema };
  return { tools: [{ toolSpec }], ...(toolChoice && { toolChoice }) };
}

/** The input of the tool, or else what was written instead of calling it. */
function replyIn(content: readonly ContentBlock[]): unknown {
  const use = content.find(({ toolUse }) => toolUse)?.toolUse;
  return use ? use.input : content.map(({ text = '' }) => text).join('\n');
}

/** What Bedrock says names roles, accounts and models of the deployment: that stays in the cause. */
function translate(cause: unknown): GlossError {
  const name = cause instanceof BedrockRuntimeServiceException ? cause.name : '';
  if (THROTTLED.has(name)) {
    const said = (cause as BedrockRuntimeServiceException).message;
    return OF_THE_DAY.test(said)
      ? new GlossError('throttled', 'model_quota', 'the quota of the day for the model is used up', { cause })
      : new GlossError('throttled', 'model_throttled', 'the model is busy', { cause });
  }
  if (REFUSED.has(name)) {
    // Usually a configuration error (no access to the model, a wrong id). The queue keeps the picture until it is
    // corrected.
    return new GlossError('unavailable', 'model_refused', 'the model refused the request', { cause });
  }
  return new GlossError('unavailable', 'model_unavailable', 'the model did not answer', { cause });
}
