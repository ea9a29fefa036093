import { describe, expect, it } from 'vitest';
import { PROMPT } from '../../../lib/gloss/prompt.ts';
import { parseReply } from '../../../lib/gloss/reply.ts';

describe('PROMPT', () => {
  it('asks for exactly the fields that a reply is read for', () => {
    const { properties, required } = PROMPT.tool.inputSchema as { properties: object; required: string[] };
    const reply = parseReply({ tags: ['cat'], caption: 'A cat.', visibleText: '' });
    expect(Object.keys(properties)).toEqual(Object.keys(reply));
    expect(required).toEqual(Object.keys(reply));
  });

  it('has a tool name that Converse takes', () => {
    expect(PROMPT.tool.name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
  });
});
