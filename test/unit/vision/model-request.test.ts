import { describe, expect, it } from 'vitest';
import { shapeFor, shapeOfBoth, shapeWithout } from '../../../lib/vision/model-request.ts';

describe('a model is asked first', () => {
  it.each([
    ['us.amazon.nova-2-lite-v1:0', 'forced', true],
    ['amazon.nova-pro-v1:0', 'forced', true],
    ['anthropic.claude-3-haiku-20240307-v1:0', 'forced', true],
    ['us.anthropic.claude-3-7-sonnet-20250219-v1:0', 'forced', true],
    ['eu.anthropic.claude-sonnet-4-20250514-v1:0', 'forced', true],
    ['global.anthropic.claude-haiku-4-5-20251001-v1:0', 'forced', true],
    ['anthropic.claude-opus-4-6-v1', 'forced', true],
    ['us.anthropic.claude-opus-4-7', 'forced', false],
    ['anthropic.claude-opus-4-8', 'forced', false],
    ['us.anthropic.claude-opus-5', 'forced', false],
    ['global.anthropic.claude-sonnet-5-20260701-v1:0', 'forced', false],
    ['us.mistral.pixtral-large-2502-v1:0', 'any', true],
    ['mistral.mistral-large-3-675b-instruct', 'any', true],
    ['us.meta.llama4-maverick-17b-instruct-v1:0', 'auto', true],
    ['us.meta.llama3-2-90b-instruct-v1:0', 'auto', true],
    ['google.gemma-3-27b-it', 'none', false],
    ['arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc', 'none', false],
    ['llava', 'none', false],
  ])('%s: tool %s, temperature %s', (modelId, tool, hasTemperature) => {
    expect(shapeFor(modelId)).toEqual({ tool, hasTemperature });
  });
});

describe('a refusal', () => {
  const full = { tool: 'forced', hasTemperature: true } as const;
  it.each([
    ['`temperature` is deprecated for this model.', full, { ...full, hasTemperature: false }],
    ["This model doesn't support the toolConfig.toolChoice.tool field.", full, { ...full, tool: 'any' }],
    [
      "doesn't support the toolConfig.toolChoice.any field",
      { ...full, tool: 'any' },
      { ...full, tool: 'auto' },
    ],
    ["This model doesn't support tool use.", full, { ...full, tool: 'none' }],
    [
      'registry.ollama.ai/library/llava:7b does not support tools',
      { ...full, tool: 'auto' },
      { ...full, tool: 'none' },
    ],
  ] as const)('%s', (refusal, shape, plainer) => {
    expect(shapeWithout(shape, refusal)).toEqual(plainer);
  });

  it('that names nothing of the request ends it', () => {
    expect(shapeWithout(full, 'the image is too large')).toBeUndefined();
    expect(shapeWithout({ tool: 'none', hasTemperature: false }, 'temperature, tools')).toBeUndefined();
  });

  it('ends after four at most, whatever they say', () => {
    let shape = shapeWithout(full, 'toolChoice');
    let refusals = 0;
    for (; shape; refusals += 1) shape = shapeWithout(shape, refusals % 2 ? 'temperature' : 'tool choice');
    expect(refusals).toBeLessThanOrEqual(4);
  });

  it('of one request and of another are both remembered', () => {
    const one = { tool: 'any', hasTemperature: true } as const;
    const other = { tool: 'forced', hasTemperature: false } as const;
    expect(shapeOfBoth(one, other)).toEqual({ tool: 'any', hasTemperature: false });
    expect(shapeOfBoth(other, one)).toEqual({ tool: 'any', hasTemperature: false });
  });
});
