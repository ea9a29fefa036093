import { describe, expect, it } from 'vitest';
import { glossItem } from '../../../lib/adapters/dynamo-glosses.ts';
import { recordAttributes, recordIn } from '../../../lib/adapters/record-item.ts';
import type { Gloss } from '../../../lib/domain/gloss.ts';
import { imageIdOf, parseTenantId, type Sequencer } from '../../../lib/domain/ids.ts';
import type { ImageRecord } from '../../../lib/domain/image.ts';

/** Nothing is written that could not be read again. */

const tenant = parseTenantId('acme');
const imageId = imageIdOf(tenant, 'cat.jpg');
const record: ImageRecord = {
  imageId,
  name: 'cat.jpg',
  status: 'searchable',
  sequencer: '0055' as Sequencer,
  source: 'upload',
  mayBeIndexed: true,
  createdAtMs: 1,
  object: null,
  updatedAtMs: 2,
  revision: 3,
};
const gloss: Gloss = {
  imageId,
  sequencer: '0055' as Sequencer,
  model: 'import',
  promptVersion: '1',
  cropPolicy: 'none',
  views: [],
};
const refused = expect.objectContaining({ kind: 'internal', code: 'item_not_written' }) as Error;

describe('what could not be read again is not written', () => {
  it.each([
    { bytes: -1 },
    { bytes: 1.5 },
    { olderBytes: 2 ** 53 },
    { name: 'dog.jpg' },
    { revision: NaN },
    { sequencer: 'now' as Sequencer },
    { updatedAtMs: Infinity },
  ])('of a record: %o', (change) => {
    expect(() => recordAttributes(tenant, { ...record, ...change })).toThrow(refused);
  });

  it('of a gloss', () => {
    expect(() => glossItem(tenant, { ...gloss, sequencer: 'now' as Sequencer })).toThrow(refused);
    expect(glossItem(tenant, gloss)['sequencer']).toEqual({ S: '0055' });
  });

  it('and what can is', () => {
    expect(recordIn(tenant, imageId, recordAttributes(tenant, record))).toEqual(record);
  });
});
