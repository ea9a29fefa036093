/**
 * Converse requests to an endpoint that speaks OpenAI's chat completions (Ollama, vLLM, LM Studio): real captions
 * without AWS.
 */
import * as z from 'zod';
import {
  ConverseError,
  type ConverseAnswer,
  type ConverseModel,
  type ConverseRequest,
} from './converse-protocol.ts';

/** The endpoint that the user names. */
export interface ForwardTo {
  /** Up to and without `/chat/completions`, such as `http://127.0.0.1:11434/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey?: string;
}

/** Large models on small machines are slow; AWS gives up after the same time at the latest. */
const TIMEOUT_MS = 300_000;

const Completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({
          // Some answer in parts.
          content: z
            .union([z.string(), z.array(z.object({ text: z.string().optional() }))])
            .nullish()
            .transform((content) =>
              typeof content === 'string' ? content : (content ?? []).map(({ text = '' }) => text).join(''),
            ),
          refusal: z.string().nullish(),
          tool_calls: z
            // Some write the object itself where the protocol has its JSON.
            .array(z.object({ function: z.object({ name: z.string(), arguments: z.unknown() }) }))
            .nullish(),
        }),
      }),
    )
    .min(1),
  usage: z
    .object({ prompt_tokens: z.number().catch(0), completion_tokens: z.number().catch(0) })
    .nullish()
    .catch(undefined),
});
type Completion = z.output<typeof Completion>;

/** A model that passes each request on; `usage` is 0 where the endpoint does not count. */
export function openaiForwarder(forwardTo: ForwardTo): ConverseModel {
  return async (request) => {
    const completion = await complete(forwardTo, toChatRequest(request, forwardTo.model));
    return answerOf(completion, request.tool?.name);
  };
}

function toChatRequest(
  { messages, system, inferenceConfig, tool, choice }: ConverseRequest,
  model: string,
): object {
  const { maxTokens, temperature, topP } = inferenceConfig;
  return {
    model,
    messages: [
      ...system.map(({ text }) => ({ role: 'system', content: text })),
      ...messages.map(({ role, content }) => ({ role, content: content.map(toChatPart) })),
    ],
    ...(tool && {
      tools: [
        {
          type: 'function',
          function: { name: tool.name, description: tool.description, parameters: tool.inputSchema.json },
        },
      ],
      tool_choice: {
        tool: { type: 'function', function: { name: tool.name } },
        any: 'required',
        auto: 'auto',
      }[choice],
    }),
    max_tokens: maxTokens,
    temperature,
    top_p: topP,
  };
}

function toChatPart(block: ConverseRequest['messages'][number]['content'][number]): object {
  if ('text' in block) return { type: 'text', text: block.text };
  const { format, source } = block.image;
  return {
    type: 'image_url',
    image_url: { url: `data:image/${format};base64,${source.bytes.toString('base64')}` },
  };
}

async function complete({ baseUrl, apiKey }: ForwardTo, body: object): Promise<Completion> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${baseUrl.replace(/\/+$/, '')}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    text = await response.text();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') {
      throw new ConverseError(
        'ModelTimeoutException',
        `${baseUrl} gave no answer in ${TIMEOUT_MS / 1000} s`,
        error,
      );
    }
    throw new ConverseError(
      'ServiceUnavailableException',
      `${baseUrl} cannot be reached; is it running?`,
      error,
    );
  }
  if (!response.ok) {
    throw new ConverseError(
      errorTypeOf(response.status),
      `${baseUrl} answered ${response.status}: ${text.slice(0, 500)}`,
    );
  }
  const completion = Completion.safeParse(parseJson(text));
  if (completion.success) return completion.data;
  throw modelError(`${baseUrl} did not answer as chat completions do: ${z.prettifyError(completion.error)}`);
}

function errorTypeOf(status: number): ConverseError['type'] {
  // Names what of the request the model does not take, such as tools.
  if (status === 400 || status === 422) return 'ValidationException';
  if (status === 429) return 'ThrottlingException';
  return status >= 500 ? 'ServiceUnavailableException' : 'ModelErrorException';
}

/** The call of the tool, or what was written instead: whoever asked reads either. Some call a tool that they were not given. */
function answerOf({ choices, usage }: Completion, toolName: string | undefined): ConverseAnswer {
  const { message, finish_reason: finished } = choices[0]!;
  const { tool_calls: calls, content, refusal } = message;
  const call = calls?.find(({ function: { name } }) => name === toolName) ?? calls?.[0];
  const args = isEmpty(call?.function.arguments) ? undefined : call?.function.arguments;
  return {
    ...said(args, content || (refusal ?? ''), toolName !== undefined),
    ...(finished === 'content_filter' && { stopReason: 'content_filtered' as const }),
    usage: {
      inputTokens: Math.round(usage?.prompt_tokens ?? 0),
      outputTokens: Math.round(usage?.completion_tokens ?? 0),
    },
  };
}

/** Nothing that a tool could be called with: what was written counts. */
const isEmpty = (args: unknown): boolean =>
  args === null || args === '' || /^\s*\{\s*\}\s*$/.test(textOf(args));
const textOf = (args: unknown): string => (typeof args === 'string' ? args : JSON.stringify(args ?? ''));

function said(args: unknown, content: string, hasTool: boolean): Pick<ConverseAnswer, 'text' | 'toolInput'> {
  if (args === undefined) return { text: content };
  if (!hasTool) return { text: textOf(args) };
  return { toolInput: typeof args === 'string' ? (parseJson(args) ?? args) : args };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function modelError(message: string): ConverseError {
  return new ConverseError('ModelErrorException', message);
}
