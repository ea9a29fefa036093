import { describe, expect, it } from 'vitest';
import { imageEventOf } from '../../../lib/domain/image-event.ts';
import { afterArrival, afterRemoval, type Arrival } from '../../../lib/domain/image-state.ts';
import { imageIdOf, parseTenantId, type Sequencer } from '../../../lib/domain/ids.ts';

const tenant = { incarnation: '0123456789ab' } as Parameters<typeof imageEventOf>[0];
const name = 'pier.jpg';
const imageId = imageIdOf(parseTenantId('acme'), name);
const at = (number: string) => number as Sequencer;
const arrival = (sequencer: string): Arrival => ({
  imageId,
  name,
  sequencer: at(sequencer),
  source: 'upload',
  bytes: 3,
  object: { storedAtMs: Number(sequencer), eTag: sequencer },
});
const idOf = (record: ReturnType<typeof afterArrival>) => imageEventOf(tenant, record!).id;

describe('a deletion', () => {
  const arrived = afterArrival(undefined, arrival('01'), 1_000);
  const asked = afterRemoval(
    arrived,
    { imageId, name, sequencer: at('01'), object: null, deletesObject: true },
    2_000,
  );

  it('is one state, also when S3 tells of it once more', () => {
    const told = afterRemoval(asked, { imageId, name, sequencer: at('02'), object: null }, 3_000);
    expect(told).toMatchObject({ status: 'removed', sequencer: '02' });
    expect(idOf(told)).toBe(idOf(asked));
    expect(idOf(asked)).not.toBe(idOf(arrived));
  });

  it('of what came again under the name is another', () => {
    const again = afterArrival(asked, arrival('03'), 4_000);
    const removed = afterRemoval(again, { imageId, name, sequencer: at('04'), object: null }, 5_000);
    expect(removed?.status).toBe('removed');
    expect(idOf(removed)).not.toBe(idOf(asked));
  });
});
