import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { startService } from '../support/service.ts';

/** Documents that are made to be large take their turns, and are indexed all the same. */

let service: Awaited<ReturnType<typeof startService>>;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

/** 95 KB in which no word stands twice. */
function large(serial: number): string[] {
  const words = Array.from({ length: 12_000 }, (_, i) => `w${serial}x${i.toString(36)}`).join(' ');
  return Array.from({ length: Math.ceil(words.length / 5_000) }, (_, i) =>
    words.slice(5_000 * i, 5_000 * (i + 1)),
  );
}
const statusOf = async (tenant: TenantId, key: string, name: string) => {
  const { json } = await service.request('GET', `/v1/images/${imageIdOf(tenant, name)}`, key);
  return (json as { readonly status: string }).status;
};

describe('a batch with more words than one commit adds', () => {
  it('is indexed by turns, and a neighbour in the first of them', async () => {
    const [loader, neighbour] = [parseTenantId('loader'), parseTenantId('neighbour')];
    const keys = {
      loader: await service.keys.create(loader),
      neighbour: await service.keys.create(neighbour),
    };
    const names = Array.from({ length: 14 }, (_, i) => `${i}`);
    for (const name of names) {
      const documents = [{ id: name, texts: large(Number(name)) }];
      expect((await service.request('POST', '/v1/documents', keys.loader, { documents })).status).toBe(202);
    }
    await service.request('POST', '/v1/documents', keys.neighbour, {
      documents: [{ id: 'n', texts: ['cat'] }],
    });

    let turns = 0;
    for (let event = await service.drainIndexQueue(); event.Records.length > 0; turns += 1) {
      expect(await service.index(event)).toEqual({ batchItemFailures: [] });
      expect(await statusOf(neighbour, keys.neighbour, 'n')).toBe('searchable');
      event = await service.drainIndexQueue();
      // What is left waits as the loader's.
      expect(event.Records.filter(({ attributes }) => attributes.MessageGroupId !== loader)).toEqual([]);
    }
    // Of 12,000 words each, two fit into one commit.
    expect(turns).toBe(7);
    for (const name of names) expect(await statusOf(loader, keys.loader, name)).toBe('searchable');
  });
});

describe('words that grow when they are normalized', () => {
  it('are refused when they grow too much, and nothing is written', async () => {
    const tenant = parseTenantId('growing');
    const key = await service.keys.create(tenant);
    const importing = (id: string, character: string) =>
      service.request('POST', '/v1/documents', key, {
        documents: [{ id, texts: Array.from({ length: 6 }, () => character.repeat(5_000)) }],
      });
    // Of 3 bytes each; U+FDFA becomes 33 bytes.
    expect(await importing('salawat', '\ufdfa')).toMatchObject({
      status: 413,
      json: { code: 'too_many_words', field: 'documents[0]' },
    });
    expect((await service.request('GET', `/v1/images/${imageIdOf(tenant, 'salawat')}`, key)).status).toBe(
      404,
    );
    expect(await importing('cats', '猫')).toMatchObject({ status: 202 });
  });
});
