import { expect, it } from 'vitest';
import { imageJson } from '../../../../lib/api/images/image-json.ts';
import { parseImageId, parseSequencer } from '../../../../lib/domain/ids.ts';

it('shows of a record and of what is in it only the fields that the API describes', () => {
  const internal = { internal: 'of the store' };
  const failure = { code: 'not_a_picture', reason: 'it is no picture', retryable: false };
  const facts = { format: 'jpeg', widthPx: 40, heightPx: 30 };
  const figures = { decodeMs: 5, modelMs: 6, views: 1, inputTokens: 7, outputTokens: 8 };
  const record = {
    imageId: parseImageId('0123456789abcdef0123456789abcdef'),
    name: 'pier.jpg',
    status: 'failed' as const,
    sequencer: parseSequencer('0123456789ABCDEF0123456789ABCDEF'),
    source: 'upload' as const,
    bytes: 9,
    facts: { ...facts, ...internal },
    figures: { ...figures, ...internal },
    failure: { ...failure, ...internal },
    object: { storedAtMs: 0 },
    mayBeIndexed: false,
    createdAtMs: 0,
    updatedAtMs: 1_000,
    revision: 3,
  };
  expect(imageJson(record)).toEqual({
    id: '0123456789abcdef0123456789abcdef',
    name: 'pier.jpg',
    status: 'failed',
    sequencer: '0123456789ABCDEF0123456789ABCDEF',
    failure,
    bytes: 9,
    ...facts,
    figures,
    createdAt: '1970-01-01T00:00:00.000Z',
    updatedAt: '1970-01-01T00:00:01.000Z',
  });
});
