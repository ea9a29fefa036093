import { describe, expect, it } from 'vitest';
import {
  ConverseError,
  parseConverseRequest,
  toConverseResponse,
} from '../../../../../infra/local/bedrock/converse-protocol.ts';

const IMAGE = { image: { format: 'jpeg', source: { bytes: '/9j/' } } };
const TOOL = {
  toolSpec: { name: 'look', inputSchema: { json: { type: 'object', properties: { tags: {} } } } },
};
const VALID = {
  messages: [{ role: 'user', content: [{ text: 'What is this?' }, IMAGE] }],
  toolConfig: { tools: [TOOL], toolChoice: { tool: { name: 'look' } } },
};

function messageOfError(request: unknown): string {
  try {
    parseConverseRequest(typeof request === 'string' ? request : JSON.stringify(request));
  } catch (error) {
    expect(error).toBeInstanceOf(ConverseError);
    expect(error).toMatchObject({ type: 'ValidationException', status: 400 });
    return (error as ConverseError).message;
  }
  return 'no error';
}

describe('parseConverseRequest', () => {
  it('decodes images and picks the forced tool', () => {
    const request = parseConverseRequest(JSON.stringify(VALID));
    expect(request.tool!.name).toBe('look');
    expect(request.messages[0]!.content).toEqual([
      { text: 'What is this?' },
      { image: { format: 'jpeg', source: { bytes: Buffer.of(0xff, 0xd8, 0xff) } } },
    ]);
  });

  it.each([
    ['no JSON', '{', /not JSON/],
    ['no messages', { ...VALID, messages: [] }, /messages/],
    ['no image', { ...VALID, messages: [{ role: 'user', content: [{ text: 'Hello' }] }] }, /no image/],
    [
      '21 images',
      { ...VALID, messages: [{ role: 'user', content: Array(21).fill(IMAGE) }] },
      /21 images; at most 20/,
    ],
    [
      'an image of an unknown format',
      { ...VALID, messages: [{ role: 'user', content: [{ image: { ...IMAGE.image, format: 'bmp' } }] }] },
      /messages\[0\]/,
    ],
    [
      'a document',
      { ...VALID, messages: [{ role: 'user', content: [{ document: { format: 'pdf' } }] }] },
      /only text and images/,
    ],
    [
      'an unknown tool',
      { ...VALID, toolConfig: { tools: [TOOL], toolChoice: { tool: { name: 'see' } } } },
      /"see", which is not among the tools/,
    ],
  ])('rejects %s', (_, request, message) => {
    expect(messageOfError(request)).toMatch(message);
  });

  it('takes an image of exactly 3.75 MiB and no larger one', () => {
    const sized = (bytes: number) => ({
      ...VALID,
      messages: [
        {
          role: 'user',
          content: [{ image: { format: 'png', source: { bytes: Buffer.alloc(bytes).toString('base64') } } }],
        },
      ],
    });
    expect(messageOfError(sized(3_932_160))).toBe('no error');
    expect(messageOfError(sized(3_932_161))).toMatch(/3932160 bytes/);
  });
});

it('writes a reply as the Converse operation does', () => {
  const answer = { text: 'Hello', toolInput: { tags: ['cat'] }, usage: { inputTokens: 5, outputTokens: 2 } };
  expect(toConverseResponse(answer, 'look', 'id-1', 12.4)).toEqual({
    output: {
      message: {
        role: 'assistant',
        content: [
          { text: 'Hello' },
          { toolUse: { toolUseId: 'id-1', name: 'look', input: { tags: ['cat'] } } },
        ],
      },
    },
    stopReason: 'tool_use',
    usage: { inputTokens: 5, outputTokens: 2, totalTokens: 7 },
    metrics: { latencyMs: 12 },
  });
});
