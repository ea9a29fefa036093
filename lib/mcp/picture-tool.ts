import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod';
import { GlossProblem } from '../client/problem.ts';

/** A part of an answer. */
export type Content = CallToolResult['content'][number];

/** A tool as an assistant sees and calls it. */
export interface PictureTool {
  readonly name: string;
  readonly describe: () => Tool;
  /** What is refused is an answer, with a code of docs/errors.md before its sentence: an assistant reads it and can ask otherwise. */
  readonly answer: (args: unknown) => Promise<CallToolResult>;
}

interface About<Input extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Strict: an argument that there is not is told, as the API does. */
  readonly input: Input;
}

/** All tools only read, and what they read is the tenant's alone. */
const READS = { readOnlyHint: true, openWorldHint: false } as const;

/**
 * A tool whose arguments are read by a schema.
 * @param ask answers with the parts, each a text or other content
 */
export function toolOf<Input extends z.ZodObject>(
  { input, ...about }: About<Input>,
  ask: (args: z.output<Input>) => Promise<readonly (string | Content)[]>,
): PictureTool {
  return {
    name: about.name,
    describe: () => ({
      ...about,
      inputSchema: z.toJSONSchema(input, { io: 'input', target: 'draft-7' }) as Tool['inputSchema'],
      annotations: READS,
    }),
    async answer(args = {}) {
      const read = input.safeParse(args);
      if (!read.success) return refusal('field', mistakesOf(read.error));
      try {
        const parts = await ask(read.data);
        return {
          content: parts.map((part) => (typeof part === 'string' ? { type: 'text', text: part } : part)),
        };
      } catch (error) {
        if (!(error instanceof GlossProblem)) throw error;
        return refusal(error.code, error.message);
      }
    },
  };
}

const refusal = (code: string, sentence: string): CallToolResult => ({
  isError: true,
  content: [{ type: 'text', text: `${code}: ${sentence}` }],
});

/** Each with the argument that it is about. */
const mistakesOf = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => [...path.map(String), message].join(': ')).join('; ');
