import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { errorResponse } from '../../../lib/api/error-response.ts';
import { GlossError } from '../../../lib/domain/errors.ts';

const answerTo = async (error: unknown) => {
  const response = await new Hono().get('/', (c) => errorResponse(c, error)).request('/');
  return { status: response.status, text: await response.text() };
};

it.each(['manifest_corrupt', 'segment_corrupt', 'segment_item_missing'])(
  'of %s it says whose index is damaged and who can mend it, and nothing of what is inside',
  async (code) => {
    const { status, text } = await answerTo(new GlossError('corrupt', code, 'byte 7 of segment 12'));
    expect(status).toBe(500);
    expect(JSON.parse(text)).toMatchObject({ code, detail: expect.stringContaining('index') as string });
    expect(text).toContain('operator');
    expect(text).not.toContain('byte 7');
  },
);

it.each([new GlossError('corrupt', 'lexicon_corrupt', 'line 3'), new Error('line 3'), 'line 3'])(
  'of other faults of the service it says nothing more (%s)',
  async (error) => {
    const { status, text } = await answerTo(error);
    expect(status).toBe(500);
    expect(JSON.parse(text)).toMatchObject({ detail: 'something went wrong on our side' });
    expect(text).not.toContain('line 3');
  },
);
