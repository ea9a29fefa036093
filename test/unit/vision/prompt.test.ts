import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../lib/domain/language.ts';
import { promptIn } from '../../../lib/vision/prompt.ts';
import { parseReply } from '../../../lib/vision/reply.ts';

const PROMPT = promptIn('en');

describe('the prompt', () => {
  it('asks for exactly the fields that a reply is read for', () => {
    const { properties, required } = PROMPT.tool.inputSchema as { properties: object; required: string[] };
    const reply = parseReply({ tags: ['cat'], caption: 'A cat.', visibleText: '' });
    expect(Object.keys(properties)).toEqual(Object.keys(reply));
    expect(required).toEqual(Object.keys(reply));
  });

  it('has a tool name that Converse takes', () => {
    expect(PROMPT.tool.name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
  });

  it('asks in the language of the tenant, each in a version of its own', () => {
    expect(promptIn('de').text.match(/in German/g)).toHaveLength(2); // tags and caption
    expect(promptIn('ja').text).toContain('in Japanese');
    expect(LANGUAGES.map((language) => promptIn(language).version)).toEqual([
      '2',
      '2-de',
      '2-fr',
      '2-es',
      '2-it',
      '2-pt',
      '2-nl',
      '2-sv',
      '2-ja',
      '2-zh',
      '2-th',
    ]);
  });
});
