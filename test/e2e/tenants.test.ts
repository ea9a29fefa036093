import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { fixture, s3Event, startService } from '../support/service.ts';
import { eventually } from '../support/eventually.ts';
import { testerDynamo, testerS3 } from '../support/tester-clients.ts';

/** Tenants and their keys through the API, and what a deletion leaves. */

let service: Awaited<ReturnType<typeof startService>>;
let operator: string;
beforeAll(async () => {
  service = await startService();
  operator = await service.keys.createOperator();
});
afterAll(() => service.close());

interface Answer {
  readonly status: number;
  readonly json: never;
}
const ask = (method: string, path: string, key: string, body?: object): Promise<Answer> =>
  service.request(method, path, key, body);
const made = (answer: Answer) => answer.json as { id: string; key: string };

describe('the operator', () => {
  it('makes, lists, changes and suspends tenants', async () => {
    const settings = { cropPolicy: 'none', limits: { images: 10 } };
    expect(await ask('POST', '/v1/tenants', operator, { tenant: 'acme', settings })).toMatchObject({
      status: 201,
      json: { tenant: 'acme', status: 'active', settings: { cropPolicy: 'none', limits: { images: 10 } } },
    });
    expect(await ask('POST', '/v1/tenants', operator, { tenant: 'acme' })).toMatchObject({
      status: 409,
      json: { code: 'tenant_exists', field: 'tenant' },
    });
    await ask('POST', '/v1/tenants', operator, { tenant: 'beta' });
    expect(await ask('GET', '/v1/tenants?limit=1', operator)).toMatchObject({
      json: { tenants: [{ tenant: 'acme' }], cursor: 'acme' },
    });
    expect(await ask('GET', '/v1/tenants?limit=1&cursor=acme', operator)).toMatchObject({
      json: { tenants: [{ tenant: 'beta' }] },
    });

    const { key } = made(await ask('POST', '/v1/tenants/acme/keys', operator, {}));
    expect(await ask('GET', '/v1/images', key)).toMatchObject({ status: 200 });
    await ask('PATCH', '/v1/tenants/acme', operator, { status: 'suspended' });
    expect(await ask('GET', '/v1/images', key)).toMatchObject({
      status: 403,
      json: { code: 'tenant_suspended' },
    });
    await ask('PATCH', '/v1/tenants/acme', operator, {
      status: 'active',
      settings: { model: 'embedded-detector' },
    });
    expect(await ask('GET', '/v1/images', key)).toMatchObject({ status: 200 });
    expect(await ask('GET', '/v1/tenants/acme', operator)).toMatchObject({
      json: { settings: { cropPolicy: 'none', model: 'embedded-detector', limits: { images: 10 } } },
    });
  });

  it('cannot choose a model that the workers may not ask', async () => {
    const body = { settings: { model: 'another' } };
    expect(await ask('PATCH', '/v1/tenants/beta', operator, body)).toMatchObject({
      status: 400,
      json: { field: 'settings.model' },
    });
  });

  it('is the only one: a key of a tenant learns nothing of tenants, its own included', async () => {
    const key = await service.keys.create(parseTenantId('acme'));
    const answers = await Promise.all(
      ['/v1/tenants', '/v1/tenants/acme', '/v1/tenants/nobody', '/v1/tenants/beta/keys'].map((path) =>
        ask('GET', path, key),
      ),
    );
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 403, json: { code: 'operator_only' } });
    }
    expect(await ask('GET', '/v1/images', operator)).toMatchObject({ json: { code: 'tenant_only' } });
  });
});

describe('a key', () => {
  const tenant = parseTenantId('keys');

  it('does what its scopes say', async () => {
    const admin = await service.keys.create(tenant, ['admin']);
    const search = made(await ask('POST', '/v1/keys', admin, { name: 'app', scopes: ['search'] }));
    expect(await ask('GET', '/v1/search?q=cat', search.key)).toMatchObject({ status: 200 });
    const documents = [{ id: 'a', texts: ['cat'] }];
    for (const [method, path, body] of [
      ['POST', '/v1/documents', { documents }],
      ['POST', '/v1/uploads', { files: [{ name: 'a.jpg', bytes: 1, contentType: 'image/jpeg' }] }],
      ['DELETE', `/v1/images/${'0'.repeat(32)}`, undefined],
      ['GET', '/v1/keys', undefined],
    ] as const) {
      expect(await ask(method, path, search.key, body)).toMatchObject({
        status: 403,
        json: { code: 'scope_missing' },
      });
    }
    const { json } = await ask('GET', '/v1/keys', admin);
    const listed = (json as { keys: object[] }).keys.find(
      (entry) => (entry as { id: string }).id === search.id,
    );
    expect(listed).toMatchObject({
      name: 'app',
      scopes: ['search'],
      lastUsedAt: expect.any(String) as string,
    });
    expect(JSON.stringify(json)).not.toContain('gls_');
  });

  it('is in no table: what is kept of it opens nothing', async () => {
    const admin = await service.keys.create(tenant, ['admin']);
    const { id, key } = made(await ask('POST', '/v1/keys', admin, { scopes: ['search'] }));
    const tables = await Promise.all(
      ['IMAGES_TABLE', 'INDEX_TABLE', 'TENANTS_TABLE'].map((name) =>
        testerDynamo().send(new ScanCommand({ TableName: process.env[name]! })),
      ),
    );
    const stored = JSON.stringify(tables.map(({ Items }) => Items));
    expect(stored).toContain(id);
    for (const secret of [key, admin]) expect(stored).not.toContain(secret.slice('gls_'.length));
  });

  it('is rotated with both valid for a while, and refused by the first request after its revocation', async () => {
    const admin = await service.keys.create(tenant, ['admin']);
    const old = made(await ask('POST', '/v1/keys', admin, { scopes: ['search'] }));
    const fresh = made(await ask('POST', `/v1/keys/${old.id}/rotation`, admin, { overlapSec: 60 }));
    for (const { key } of [old, fresh])
      expect(await ask('GET', '/v1/search?q=cat', key)).toMatchObject({ status: 200 });

    expect(await ask('DELETE', `/v1/keys/${fresh.id}`, admin)).toMatchObject({ status: 204 });
    expect(await ask('GET', '/v1/search?q=cat', fresh.key)).toMatchObject({
      status: 401,
      json: { code: 'key_unknown' },
    });
    expect(await ask('DELETE', `/v1/keys/${fresh.id}`, admin)).toMatchObject({ status: 404 });
    expect(await ask('POST', `/v1/keys/${fresh.id}/rotation`, admin, {})).toMatchObject({ status: 404 });

    await ask('POST', `/v1/keys/${old.id}/rotation`, admin, { overlapSec: 0 });
    expect(await ask('GET', '/v1/search?q=cat', old.key)).toMatchObject({ status: 401 });
  });

  it('expires', async () => {
    const admin = await service.keys.create(tenant, ['admin']);
    const { key } = made(await ask('POST', '/v1/keys', admin, { scopes: ['search'], expiresInSec: 10 }));
    expect(await ask('GET', '/v1/search?q=cat', key)).toMatchObject({ status: 200 });
    await eventually(async () =>
      expect(await ask('GET', '/v1/search?q=cat', key)).toMatchObject({ status: 401 }),
    );
  });

  it('is rotated into one that lives as long, unless it is said how long', async () => {
    const admin = await service.keys.create(tenant, ['admin']);
    const lifeOf = (answer: Answer) => {
      const { createdAt, expiresAt } = answer.json as { createdAt: string; expiresAt: string };
      return Math.round((Date.parse(expiresAt) - Date.parse(createdAt)) / 1000);
    };
    const old = await ask('POST', '/v1/keys', admin, { scopes: ['search'], expiresInSec: 600 });
    const fresh = await ask('POST', `/v1/keys/${made(old).id}/rotation`, admin, {});
    expect(lifeOf(fresh)).toBe(600);
    const other = await ask('POST', `/v1/keys/${made(fresh).id}/rotation`, admin, { expiresInSec: 60 });
    expect(lifeOf(other)).toBe(60);
  });

  it('of another tenant is as absent as one that never was', async () => {
    const admin = await service.keys.create(tenant, ['admin']);
    const other = await service.keys.create(parseTenantId('beta'), ['admin']);
    const { id } = made(await ask('POST', '/v1/keys', admin, {}));
    const theirs = await ask('DELETE', `/v1/keys/${id}`, other);
    const nobodys = await ask('DELETE', '/v1/keys/000000000000', other);
    expect({ ...theirs, headers: 0 }).toEqual({ ...nobodys, headers: 0 });
    expect(theirs.status).toBe(404);
  });
});

describe('deleting a tenant', () => {
  /** Everything of the tenant in any table or in the bucket, found without the code under test. */
  async function remains(tenant: string): Promise<string[]> {
    const dynamo = testerDynamo();
    const found: string[] = [];
    for (const name of ['IMAGES_TABLE', 'INDEX_TABLE', 'TENANTS_TABLE']) {
      const TableName = process.env[name]!;
      const { Items = [] } = await dynamo.send(new ScanCommand({ TableName }));
      found.push(...Items.map((item) => item['pk']!.S!).filter((pk) => pk.startsWith(`${tenant}/`)));
    }
    const { Contents = [] } = await testerS3().send(
      new ListObjectsV2Command({ Bucket: process.env['BUCKET'] }),
    );
    found.push(...Contents.map(({ Key }) => Key!).filter((key) => key.split('/')[1] === tenant));
    return found;
  }

  it('removes every object, item and posting, proves it, and leaves the others alone', async () => {
    const cat = await fixture('samples/chelsea.jpg');
    for (const name of ['gone', 'stays', 'gone2']) {
      const key = await service.keys.create(parseTenantId(name));
      await service.upload(`uploads/${name}/cat.jpg`, cat);
      await service.describe(s3Event('Created:Put', `uploads/${name}/cat.jpg`, '01'));
      await ask('POST', '/v1/documents', key, { documents: [{ id: 'a', texts: ['zebra'] }] });
      await service.index(await service.drainIndexQueue());
    }
    const key = await service.keys.create(parseTenantId('gone'));
    const before = [await remains('stays'), await remains('gone2')];
    const had = await remains('gone');
    const thumbnails = had.filter((key) => key.startsWith('thumbnails/gone/'));
    expect(thumbnails).toHaveLength(5); // of the whole picture and four crops
    expect(had.length).toBeGreaterThan(12);

    expect(await ask('DELETE', '/v1/tenants/gone', operator)).toMatchObject({
      status: 202,
      json: { status: 'deleting' },
    });
    expect(await ask('GET', '/v1/search?q=zebra', key)).toMatchObject({ status: 401 });
    await service.purge(await service.drainPurgeQueue());
    expect(await remains('gone')).toEqual([]);
    expect([await remains('stays'), await remains('gone2')]).toEqual(before);
    const { json } = await ask('GET', '/v1/tenants/gone', operator);
    const { status, deletion } = json as { status: string; deletion: Record<string, number> };
    expect(status).toBe('deleted');
    expect(deletion).toMatchObject({ found: 0, final: false });
    expect(deletion['removedItems']! + deletion['removedObjects']!).toBe(had.length - 2); // keys were revoked before
    expect(deletion['scannedItems']).toBeGreaterThan(10);
  });

  it('leaves nothing of what comes late', async () => {
    await service.upload('uploads/gone/late.jpg', await fixture('samples/chelsea.jpg'));
    await service.describe(s3Event('Created:Put', 'uploads/gone/late.jpg', '02'));
    await service.remove(s3Event('Removed:Delete', 'uploads/gone/cat.jpg', '03'));
    expect(await remains('gone')).toEqual([]);
    expect(await ask('POST', '/v1/tenants', operator, { tenant: 'gone' })).toMatchObject({
      status: 409,
      json: {
        detail: expect.stringMatching(
          /minutes ago: make it again when its deletion is final, about \d{4}-\d\d-\d\dT\S+Z$/,
        ) as string,
      },
    });
    expect(await ask('POST', '/v1/tenants/gone/keys', operator, {})).toMatchObject({ status: 409 });
  });
});
