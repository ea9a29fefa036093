import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../lib/domain/language.ts';
import { MAX_ASKS } from '../../../lib/domain/tenant.ts';
import { promptIn, promptsIn } from '../../../lib/vision/prompt.ts';
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
      '3',
      '3-de',
      '3-fr',
      '3-es',
      '3-it',
      '3-pt',
      '3-nl',
      '3-sv',
      '3-ja',
      '3-zh',
      '3-th',
    ]);
  });
});

describe('the second ask', () => {
  const [first, second] = promptsIn('en', 2);

  it('comes after the first, which is that of one ask', () => {
    expect(promptsIn('en', 1)).toEqual([PROMPT]);
    expect(first).toEqual(PROMPT);
    expect(promptsIn('en', MAX_ASKS)).toHaveLength(MAX_ASKS);
    expect(promptsIn('en', MAX_ASKS + 1)).toHaveLength(MAX_ASKS);
  });

  it('asks for a longer text, in words of its own, and for no guesses', () => {
    expect(second!.text).toContain('60 to 120 words');
    expect(second!.text).toContain('Leave out what you would have to guess');
    expect(first!.text).toContain('no guesses');
    expect(second!.text.split('\n').filter((line) => first!.text.includes(line))).toEqual([]);
  });

  it('asks for fields that a reply is read for, and can do without the others', () => {
    const { properties, required } = second!.tool.inputSchema as { properties: object; required: string[] };
    expect(Object.keys(properties)).toEqual(required);
    const words = { tags: ['cat'], caption: 'A cat.' };
    expect(required).toEqual(Object.keys(words));
    expect(parseReply(words)).toEqual({ ...words, visibleText: '' });
  });

  it('has a version in each language that an import takes beside the first', () => {
    const versions = LANGUAGES.map((language) =>
      promptsIn(language, 2)
        .map(({ version }) => version)
        .join('+'),
    );
    expect(versions.slice(0, 2)).toEqual(['3+parts-1', '3-de+parts-1-de']);
    expect(new Set(versions).size).toBe(LANGUAGES.length);
    expect(Math.max(...versions.map(({ length }) => length))).toBeLessThanOrEqual(50);
  });
});
