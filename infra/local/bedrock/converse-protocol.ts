/**
 * The part of Amazon Bedrock's Converse operation that describing a picture needs, as it stands on the wire
 * (API reference: Converse, Message, ContentBlock, ImageBlock, ToolConfiguration).
 */
import * as z from 'zod';

/** Limits of Amazon Bedrock for pictures in a Converse request. */
const MAX_IMAGES = 20;
const MAX_IMAGE_BYTES = 3.75 * 1024 * 1024;

/** The operation's errors with their HTTP status. */
const ERROR_STATUS = {
  ValidationException: 400,
  UnknownOperationException: 404,
  ModelTimeoutException: 408,
  ModelErrorException: 424,
  ThrottlingException: 429,
  InternalServerException: 500,
  ServiceUnavailableException: 503,
} as const;

/** A failure that the caller gets as AWS would report it. */
export class ConverseError extends Error {
  readonly type: keyof typeof ERROR_STATUS;
  readonly status: number;

  constructor(type: keyof typeof ERROR_STATUS, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = type;
    this.type = type;
    this.status = ERROR_STATUS[type];
  }
}

/** Blobs are base64 on the wire. */
const Blob = z
  .string()
  .transform((base64) => Buffer.from(base64, 'base64'))
  .refine((bytes) => bytes.length > 0, 'the image is empty')
  .refine((bytes) => bytes.length <= MAX_IMAGE_BYTES, `an image has at most ${MAX_IMAGE_BYTES} bytes`);

const TextBlock = z.object({ text: z.string() });
const ImageBlock = z.object({
  image: z.object({ format: z.enum(['png', 'jpeg', 'gif', 'webp']), source: z.object({ bytes: Blob }) }),
});
const ToolSpec = z.object({
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
  description: z.string().optional(),
  inputSchema: z.object({
    json: z.looseObject({ properties: z.record(z.string(), z.unknown()).default({}) }),
  }),
});

const Converse = z.object({
  messages: z
    .array(
      z.object({
        role: z.enum(['user', 'assistant']),
        content: z.array(z.union([ImageBlock, TextBlock], 'only text and images are understood')).min(1),
      }),
    )
    .min(1),
  system: z.array(TextBlock).default([]),
  inferenceConfig: z
    .object({
      maxTokens: z.number().int().positive().optional(),
      temperature: z.number().min(0).max(1).optional(),
      topP: z.number().min(0).max(1).optional(),
    })
    .default({}),
  toolConfig: z
    .object({
      tools: z.array(z.object({ toolSpec: ToolSpec })).min(1),
      toolChoice: z
        .union([
          z.object({ tool: z.object({ name: z.string() }) }),
          z.object({ any: z.object({}) }),
          z.object({ auto: z.object({}) }),
        ])
        .default({ auto: {} }),
    })
    .optional(),
  requestMetadata: z.record(z.string(), z.string()).default({}),
});

export type ImageBlock = z.output<typeof ImageBlock>;

/** A valid request, images decoded from base64, with the tool that it forces, or else the first; undefined where it has none. */
export interface ConverseRequest extends Omit<z.output<typeof Converse>, 'toolConfig'> {
  readonly tool: z.output<typeof ToolSpec> | undefined;
  /** How the tool is to be used. */
  readonly choice: 'tool' | 'any' | 'auto';
}

/** The use of the tool, or a text, or a text before it, and what it cost. */
export interface ConverseAnswer {
  readonly text?: string;
  /** Absent where the model called no tool. */
  readonly toolInput?: unknown;
  /** Where the model's filter ended it. */
  readonly stopReason?: 'content_filtered';
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number };
}

/** What answers Converse requests. Failures are ConverseErrors. */
export type ConverseModel = (request: ConverseRequest) => Promise<ConverseAnswer>;

/** @throws ConverseError ValidationException that names the field. */
export function parseConverseRequest(body: string): ConverseRequest {
  const parsed = Converse.safeParse(parseJson(body));
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
  const { toolConfig, ...request } = parsed.data;
  const images = imagesOf(request.messages).length;
  if (images === 0) throw invalid('the messages have no image');
  if (images > MAX_IMAGES)
    throw invalid(`the messages have ${images} images; at most ${MAX_IMAGES} are allowed`);
  const { tools = [], toolChoice = { auto: {} } } = toolConfig ?? {};
  if (!('tool' in toolChoice))
    return { ...request, tool: tools[0]?.toolSpec, choice: 'any' in toolChoice ? 'any' : 'auto' };
  const { name } = toolChoice.tool;
  const tool = tools.find(({ toolSpec }) => toolSpec.name === name)?.toolSpec;
  if (!tool) throw invalid(`toolChoice names "${name}", which is not among the tools`);
  return { ...request, tool, choice: 'tool' };
}

/** All pictures of a conversation, in order. */
export function imagesOf(messages: ConverseRequest['messages']): ImageBlock['image'][] {
  return messages.flatMap(({ content }) =>
    content.flatMap((block) => ('image' in block ? [block.image] : [])),
  );
}

/** The reply as it goes over the wire. @param toolName of the tool that was used; of an answer without its input it is not read */
export function toConverseResponse(
  { text, toolInput, stopReason, usage: { inputTokens, outputTokens } }: ConverseAnswer,
  toolName: string,
  toolUseId: string,
  latencyMs: number,
): object {
  const content = [
    ...(text === undefined ? [] : [{ text }]),
    ...(toolInput === undefined ? [] : [{ toolUse: { toolUseId, name: toolName, input: toolInput } }]),
  ];
  return {
    output: { message: { role: 'assistant', content } },
    stopReason: stopReason ?? (toolInput === undefined ? 'end_turn' : 'tool_use'),
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
    metrics: { latencyMs: Math.round(latencyMs) },
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new ConverseError('ValidationException', 'the body is not JSON', error);
  }
}

function invalid(message: string): ConverseError {
  return new ConverseError('ValidationException', message);
}
