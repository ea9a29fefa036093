import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GLOBAL_PARTITIONS, TENANT_PARTITIONS } from '../../lib/adapters/partitions.ts';
import { OPERATIONS } from '../../lib/api/openapi/operations.ts';
import { imageIdOf, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { postForm, type FormTarget } from '../support/post-form.ts';
import { fixture, s3Event, sqsEvent, startService } from '../support/service.ts';
import { CODE_WORDS, grammarName } from '../support/tenant-names.ts';
import { testerDynamo, testerS3 } from '../support/tester-clients.ts';

/**
 * One tenant, the intruder, tries everything with what belongs to another, the owner: nothing may be read, changed, or
 * told from what does not exist.
 */

/** `npm run test:isolation` tries every request with credentials; `npm test` tries each at a part of the partitions in turn. */
const IS_SLICE = process.env['GLOSS_ISOLATION_PAIRS'] === undefined;

/** Who tries and whose it is: a name that begins like another, and names of the grammar and of the code's own words. */
const PAIRS = (() => {
  const name = fc.oneof(grammarName, fc.constantFrom(...CODE_WORDS));
  const seed = Number(process.env['GLOSS_ISOLATION_SEED'] ?? 12);
  const numRuns = Number(process.env['GLOSS_ISOLATION_PAIRS'] ?? 1);
  const drawn = fc.sample(
    fc.tuple(name, name).filter(([one, other]) => one !== other),
    { seed, numRuns },
  );
  const [first, owner, begins] = ['intruder', 'owner', 'owner-2'].map(parseTenantId) as [
    TenantId,
    TenantId,
    TenantId,
  ];
  return [[first, owner], [begins, owner], [owner, begins], ...drawn] as const;
})();

let service: Awaited<ReturnType<typeof startService>>;
let picture: Buffer;
const keys = new Map<TenantId, string>();
const counts = { requests: 0, events: 0, credentials: 0 };

/** A word that only this tenant's documents say. */
const wordOf = (tenant: TenantId) => `w${Buffer.from(tenant).toString('hex')}z`;

beforeAll(async () => {
  service = await startService();
  picture = await fixture('samples/chelsea.jpg');
});
afterAll(async () => {
  await service.close();
  const { requests, events, credentials } = counts;
  console.log(
    `isolation: ${requests} requests, ${events} events and ${credentials} requests with credentials tried`,
  );
});

/** A tenant with a key, a picture and three documents; the same one in every pair that it is in. */
async function furnish(tenant: TenantId): Promise<void> {
  if (keys.has(tenant)) return;
  const key = await service.keys.create(tenant);
  keys.set(tenant, key);
  await service.upload(`uploads/${tenant}/cat.jpg`, picture);
  await service.describe(s3Event('Created:Put', `uploads/${tenant}/cat.jpg`, '01'));
  for (const id of ['a', 'b', 'c']) {
    await service.request('POST', '/v1/documents', key, {
      documents: [{ id: `${wordOf(tenant)}-${id}`, texts: [`${wordOf(tenant)} word`] }],
    });
    await service.index(await service.drainIndexQueue());
  }
}

/** Credentials that a function assumes for a tenant. */
async function sessionOf(name: string, tenant: TenantId) {
  const { Credentials } = await new STSClient({}).send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::000000000000:role/Gloss-${name}TenantRole`,
      RoleSessionName: 'intruder',
      Tags: [{ Key: 'tenant', Value: tenant }],
    }),
  );
  return {
    accessKeyId: Credentials!.AccessKeyId!,
    secretAccessKey: Credentials!.SecretAccessKey!,
    sessionToken: Credentials!.SessionToken!,
  };
}

/** So many of these, beginning with another one at each turn. */
const inTurn = <One>(all: readonly One[], turn: number, count: number): One[] =>
  Array.from({ length: count }, (_, i) => all[(turn + i) % all.length]!);

/** Everything that a tenant has, in any table and in the bucket, read past the code under test. */
async function everythingOf(tenant: string): Promise<unknown> {
  const dynamo = testerDynamo();
  const tables = await Promise.all(
    ['IMAGES_TABLE', 'INDEX_TABLE', 'TENANTS_TABLE'].map(async (name) => {
      const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: process.env[name]! }));
      return Items.filter((item) => item['pk']!.S!.startsWith(`${tenant}/`)).map(
        ({ lastUsedAtMs: _volatile, ...item }) => item,
      );
    }),
  );
  const { Contents = [] } = await testerS3().send(
    new ListObjectsV2Command({ Bucket: process.env['BUCKET'] }),
  );
  const objects = Contents.filter(({ Key }) => Key!.split('/')[1] === tenant);
  return { tables, objects: objects.map(({ Key, ETag }) => ({ Key, ETag })) };
}

describe.each(PAIRS)('%s, who tries with what belongs to %s:', (intruder, owner) => {
  let ownersKey: string;
  beforeAll(async () => {
    for (const tenant of [owner, intruder]) await furnish(tenant);
    ownersKey = keys.get(owner)!;
    await service.index(await service.drainIndexQueue()); // what the pair before has left
  });

  /** Ids of things: those of the owner beside those of nobody. */
  async function ids() {
    const { json } = await service.request('GET', '/v1/keys', ownersKey);
    return {
      id: { owners: imageIdOf(owner, 'cat.jpg'), nobodys: imageIdOf(owner, 'never.jpg') },
      keyId: { owners: (json as { keys: { id: string }[] }).keys[0]!.id, nobodys: '000000000000' },
      tenant: { owners: owner, nobodys: 'nobody' },
    };
  }

  async function ask(method: string, path: string, body?: object) {
    counts.requests += 1;
    const { status, json, text } = await service.request(
      method.toUpperCase(),
      path,
      keys.get(intruder),
      body,
    );
    return { status, text, json };
  }

  /** Bodies that an operation takes, about things with these ids. */
  const bodyOf = (operation: string, image: string): object | undefined =>
    ({
      askStatus: { ids: [image] },
      deleteImages: { ids: [image] },
      importDocuments: undefined,
      rotateKey: {},
      rotateTenantKey: {},
      createTenantKey: {},
      changeTenant: { status: 'suspended' },
    })[operation];

  describe('every route that takes an id', () => {
    const taking = OPERATIONS.filter(
      ({ path, id }) => path.includes('{') || ['askStatus', 'deleteImages'].includes(id),
    );

    let named: Awaited<ReturnType<typeof ids>>;
    let before: unknown;
    beforeAll(async () => {
      named = await ids();
      before = await everythingOf(owner);
    });

    it.each(taking.map((operation) => [operation.id, operation] as const))(
      '%s answers about the owner’s as about nobody’s, and changes nothing',
      async (_, { id, method, path }) => {
        const fill = (whose: 'owners' | 'nobodys') =>
          path.replaceAll(/\{(\w+)\}/g, (_all, name: keyof typeof named) => named[name][whose]);
        const theirs = await ask(method, fill('owners'), bodyOf(id, named.id.owners));
        const nobodys = await ask(method, fill('nobodys'), bodyOf(id, named.id.nobodys));
        const masked = (text: string) =>
          text.replaceAll(named.id.owners, '<id>').replaceAll(named.id.nobodys, '<id>');
        expect(theirs.status).toBe(nobodys.status);
        expect(masked(theirs.text)).toBe(masked(nobodys.text));
        expect(await everythingOf(owner)).toEqual(before);
      },
    );
  });

  describe('every route that lists or searches', () => {
    it('shows the intruder nothing but its own', async () => {
      const word = wordOf(owner);
      const queries: Readonly<Record<string, readonly string[]>> = {
        search: [
          `?q=${word}`,
          '?q=word',
          '?q=cat',
          `?q=${word.slice(0, -1)}*`,
          '?q=word&likely=true&related=true',
          `?q=${word}x`,
        ],
        completeWord: [`?prefix=${word.slice(0, -1)}`, '?prefix=w'],
      };
      const listing = OPERATIONS.filter(
        ({ method, path, access }) => method === 'get' && !path.includes('{') && access !== 'operator',
      );
      for (const path of listing.flatMap((one) =>
        (queries[one.id] ?? ['']).map((query) => one.path + query),
      )) {
        const { status, text } = await ask('GET', path);
        expect(status).toBe(200);
        expect(text).not.toContain(`${word}-`);
        expect(text).not.toContain(imageIdOf(owner, 'cat.jpg'));
        expect(text).not.toMatch(new RegExp(`(uploads|thumbnails)/${owner}/`));
      }
      expect((await ask('GET', `/v1/search?q=${word}`)).json).toMatchObject({ total: 0 });
      expect((await ask('GET', `/v1/words?prefix=${word}`)).json).toEqual({ words: [] });
    });

    it('takes no cursor that the owner was given, changed or not', async () => {
      const { json } = await service.request('GET', '/v1/images?limit=1', ownersKey);
      const { cursor } = json as { cursor: string };
      expect((await service.request('GET', `/v1/images?limit=1&cursor=${cursor}`, ownersKey)).status).toBe(
        200,
      );
      const forged = Buffer.from(imageIdOf(owner, 'cat.jpg')).toString('base64url');
      for (const tried of [cursor, `${cursor.slice(0, 22)}${forged}`, forged, imageIdOf(owner, 'cat.jpg')]) {
        expect(await ask('GET', `/v1/images?limit=1&cursor=${tried}`)).toMatchObject({
          status: 400,
          json: { field: 'cursor' },
        });
      }
    });
  });

  describe('every route that writes', () => {
    it('keeps the intruder in its own part, whatever names it uses', async () => {
      const before = await everythingOf(owner);
      for (const name of [
        'cat.jpg',
        `../${owner}/cat.jpg`,
        `uploads/${owner}/cat.jpg`,
        `${owner}-a`,
        `x/../../${owner}/y`,
      ]) {
        const file = { name, bytes: 1, contentType: 'image/jpeg' };
        const { json } = await ask('POST', '/v1/uploads', { files: [file] });
        for (const upload of (json as { uploads: (FormTarget | { failure: object })[] }).uploads) {
          if (!('fields' in upload)) continue;
          expect(upload.fields['key']).toMatch(`uploads/${intruder}/`);
          const fields = { ...upload.fields, key: `uploads/${owner}/cat.jpg` };
          expect((await postForm({ ...upload, fields }, 'x')).status).toBe(403);
        }
        await ask('POST', '/v1/documents', { documents: [{ id: name, texts: ['mine'] }] });
      }
      await service.index(await service.drainIndexQueue());
      expect(await everythingOf(owner)).toEqual(before);
    });
  });

  describe('the webhook and what all tenants have used', () => {
    it('are the owner’s and the operator’s: the intruder turns its own secret and sees nobody’s usage', async () => {
      const owners = async () => (await service.request('GET', '/v1/webhook', ownersKey)).text;
      const before = await owners();
      const [{ secret }, rotated] = [
        (await ask('GET', '/v1/webhook')).json,
        (await ask('POST', '/v1/webhook/rotation', {})).json as { secret: string },
      ];
      expect(rotated.secret).not.toBe(secret);
      expect((await ask('POST', '/v1/webhook/test')).status).toBe(409);
      expect(await owners()).toBe(before);
      for (const query of ['', '?limit=1', `?cursor=${intruder}`]) {
        const { status, json } = await ask('GET', `/v1/tenant-usage${query}`);
        expect([status, Object.keys(json as object).includes('tenants')]).toEqual([403, false]);
      }
    });
  });

  describe('every worker', () => {
    it('changes nothing of the owner by messages that mix tenants up', async () => {
      const before = (await everythingOf(owner)) as { tables: { pk: { S: string } }[][] };
      const image = imageIdOf(owner, 'cat.jpg');
      const segments = before.tables
        .flat()
        .map(({ pk }) => pk.S)
        .filter((pk) => pk.includes('/segment/'))
        .map((pk) => pk.split('/')[2]!);
      expect(segments.length).toBeGreaterThan(0);
      const described = { bytes: picture.length, storedAtMs: Date.now(), sequencer: 'F'.repeat(32) };
      const tries = [
        service.index(sqsEvent({ tenant: intruder, imageId: image })),
        service.merge(sqsEvent({ tenant: intruder, task: 'drop', segmentIds: segments })),
        service.merge(sqsEvent({ tenant: intruder, task: 'merge' })),
        service.merge(sqsEvent({ tenant: intruder, task: 'rewrite' })),
        service.reindex(sqsEvent({ tenant: intruder, rebuild: segments[0] })),
        service.sweep(sqsEvent({ tenant: intruder, task: 'images', after: image })),
        service.sweep(sqsEvent({ tenant: intruder, task: 'postings' })),
        service.sweep(sqsEvent({ tenant: intruder, task: 'segments', segmentIds: segments })),
        service.sweep(sqsEvent({ tenant: intruder, task: 'objects' })),
        service.sweep(sqsEvent({ tenant: intruder, task: 'objects', after: `uploads/${owner}/` })),
        service.sweep(sqsEvent({ tenant: intruder, task: 'strays' })),
        service.remove(s3Event('Removed:Delete', `uploads/${intruder}/${owner}-a`, 'FF')),
        service.remove(s3Event('Removed:Delete', `uploads/${intruder}/../${owner}/cat.jpg`, 'FF')),
        service.describe(s3Event('Created:Put', `uploads/${intruder}/../${owner}/cat.jpg`, 'FF')),
        service.describe(s3Event('Created:Put', `uploads//${owner}/cat.jpg`, 'FF')),
        ...['cat.jpg', `${owner}/cat.jpg`].map((name) =>
          service.describe(sqsEvent({ ...described, tenant: intruder, name })),
        ),
        service.notify(sqsEvent({ tenant: intruder, imageId: image })),
        service.purge(sqsEvent({ tenant: owner, final: true })),
        service.purge(sqsEvent({ tenant: intruder, final: true })),
      ];
      // What names a place above its tenant's is no message at all.
      const refused = [
        service.describe(sqsEvent({ ...described, tenant: intruder, name: `../${owner}/cat.jpg` })),
      ];
      counts.events += tries.length + refused.length;
      for (const { batchItemFailures } of await Promise.all(refused))
        expect(batchItemFailures).toHaveLength(1);
      const failures = (await Promise.all(tries)).map(({ batchItemFailures }) => batchItemFailures);
      expect(failures).toEqual(tries.map(() => []));
      expect(await everythingOf(owner)).toEqual(before);
    });
  });

  describe('every function that others call', () => {
    const call = async (FunctionName: string, request: object) => {
      counts.events += 1;
      const sent = new InvokeCommand({ FunctionName, Payload: JSON.stringify(request) });
      const { Payload } = await new LambdaClient({}).send(sent);
      return JSON.parse(Buffer.from(Payload!).toString()) as object;
    };

    it('Ping speaks of the tenant that is named, and of no other by a name that holds two', async () => {
      const before = await everythingOf(owner);
      const ping = process.env['PING_FUNCTION']!;
      expect(await call(ping, { tenant: intruder })).toMatchObject({ delivered: false });
      for (const tenant of [`${intruder}/../${owner}`, `${owner}/`, '', `${intruder},${owner}`])
        await expect(call(ping, { tenant })).rejects.toThrow('cannot name a tenant');
      expect(await everythingOf(owner)).toEqual(before);
    });

    it('Decode gets no object by an address that is not signed', async () => {
      const url = `${process.env['PICTURE_ORIGIN']!}/${process.env['BUCKET']!}/uploads/${owner}/cat.jpg`;
      const wish = { cropPolicy: 'none', maxBytes: 1e7, maxPixels: 1e7 };
      const answer = await call(process.env['DECODE_FUNCTION']!, { owner: intruder, url, wish });
      expect(Object.keys(answer)).toEqual(['refused']);
    });

    it('Decode gets no object of the owner by an address that the intruder’s session signs', async () => {
      const s3 = new S3Client({ credentials: await sessionOf('Describe', intruder) });
      const get = new GetObjectCommand({ Bucket: process.env['BUCKET'], Key: `uploads/${owner}/cat.jpg` });
      const url = await getSignedUrl(s3, get);
      const wish = { cropPolicy: 'none', maxBytes: 1e7, maxPixels: 1e7 };
      const answer = await call(process.env['DECODE_FUNCTION']!, { owner: intruder, url, wish });
      expect(Object.keys(answer)).toEqual(['refused']);
      // The same with its own picture is decoded.
      const own = new GetObjectCommand({ Bucket: process.env['BUCKET'], Key: `uploads/${intruder}/cat.jpg` });
      const request = { owner: intruder, url: await getSignedUrl(s3, own), wish };
      expect(Object.keys(await call(process.env['DECODE_FUNCTION']!, request))).not.toContain('refused');
    });
  });
});

describe('credentials for the intruder', () => {
  const FUNCTIONS = [
    'Admit',
    'Describe',
    'Index',
    'Merge',
    'Reindex',
    'Remove',
    'Notify',
    'Ping',
    'Purge',
    'Sweep',
    'Api',
  ];
  const [intruder, owner] = PAIRS[0];
  // Every function for the first pair, and for the others in turn.
  const tried = FUNCTIONS.flatMap((name, i) => {
    const [one, other] = PAIRS[1 + (i % (PAIRS.length - 1))]!;
    return [
      [name, intruder, owner, 'with data'],
      [name, one, other, 'drawn'],
    ] as const;
  });
  let versionOf: (Key: string) => string;
  beforeAll(async () => {
    await furnish(owner);
    const { Versions = [] } = await testerS3().send(
      new ListObjectVersionsCommand({ Bucket: process.env['BUCKET'] }),
    );
    versionOf = (Key) => Versions.find((version) => version.Key === Key)?.VersionId ?? 'none';
    expect(versionOf(`uploads/${owner}/cat.jpg`)).not.toBe('none');
  });

  it('are tried for every function that has a role for tenants', () => {
    const named = [...service.roles.byArn.keys()].flatMap(
      (role) => /-(\w+)TenantRole$/.exec(role)?.[1] ?? [],
    );
    expect(named.sort()).toEqual(FUNCTIONS.toSorted());
  });

  it.each(tried)(
    'of %s, for %s, reach nothing of %s by any request',
    async (name, intruder, owner, whose) => {
      const before = await everythingOf(owner);
      const credentials = await sessionOf(name, intruder);
      const dynamo = new DynamoDBClient({ credentials });
      const s3 = new S3Client({ credentials });
      const Bucket = process.env['BUCKET']!;
      const tries: (() => Promise<unknown>)[] = [];
      const own = { pk: { S: `${intruder}/x` }, sk: { S: 'x' } };
      for (const TableName of ['IMAGES_TABLE', 'INDEX_TABLE', 'TENANTS_TABLE'].map(
        (table) => process.env[table]!,
      )) {
        const partitions = [
          ...TENANT_PARTITIONS.flatMap((kind) => [`${owner}/${kind}`, `${owner}/${kind}/x`]),
          ...GLOBAL_PARTITIONS.flatMap((kind) => [`_${kind}`, `_${kind}/${owner}`]),
          owner,
          `${intruder}x/y`,
          `_key/${'0'.repeat(64)}`,
          '_operator/keys',
          '_operator/asked',
          'tenants',
          `key/${'0'.repeat(64)}`,
        ];
        for (const [at, pk] of partitions.entries()) {
          const Key = { pk: { S: pk }, sk: { S: 'x' } };
          const together = (item: TransactWriteItem) => () =>
            dynamo.send(
              new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: own } }, item] }),
            );
          const single = [
            () => dynamo.send(new GetItemCommand({ TableName, Key })),
            () => dynamo.send(new PutItemCommand({ TableName, Item: Key })),
          ];
          // Each function begins at another of them, so that every request meets every partition.
          const turn = at + FUNCTIONS.indexOf(name);
          tries.push(...(IS_SLICE && whose === 'drawn' ? inTurn(single, turn, 1) : single));
          // Of a partition that has parts, and of drawn names, these two stand for the others.
          if (whose === 'drawn' || pk.endsWith('/x')) continue;
          const others = [
            together({ Put: { TableName, Item: Key } }),
            together({ Delete: { TableName, Key } }),
            () => dynamo.send(new UpdateItemCommand({ TableName, Key })),
            () => dynamo.send(new DeleteItemCommand({ TableName, Key })),
            () =>
              dynamo.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [own, Key] } } })),
            () =>
              dynamo.send(
                new BatchWriteItemCommand({
                  RequestItems: { [TableName]: [{ PutRequest: { Item: own } }, { DeleteRequest: { Key } }] },
                }),
              ),
            () =>
              dynamo.send(
                new QueryCommand({
                  TableName,
                  KeyConditionExpression: 'pk = :pk',
                  ExpressionAttributeValues: { ':pk': { S: pk } },
                }),
              ),
          ];
          tries.push(...(IS_SLICE ? inTurn(others, turn, 2) : others));
        }
        tries.push(() => dynamo.send(new ScanCommand({ TableName })));
      }
      for (const Key of [
        `uploads/${owner}/cat.jpg`,
        `thumbnails/${owner}/${imageIdOf(owner, 'cat.jpg')}.jpg`,
        `thumbnails/${owner}/${imageIdOf(owner, 'cat.jpg')}/1.jpg`,
        `uploads/${intruder}x/cat.jpg`,
        'uploads/cat.jpg',
      ]) {
        tries.push(
          () => s3.send(new GetObjectCommand({ Bucket, Key })),
          () => s3.send(new GetObjectCommand({ Bucket, Key, VersionId: versionOf(Key) })),
          () => s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: versionOf(Key) })),
          () => s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' })),
          () => s3.send(new DeleteObjectCommand({ Bucket, Key })),
        );
      }
      tries.push(
        ...['', 'uploads/', `uploads/${owner}`, `uploads/${owner}/`, `thumbnails/${owner}/`].flatMap(
          (Prefix) => [
            () => s3.send(new ListObjectsV2Command({ Bucket, Prefix })),
            () => s3.send(new ListObjectVersionsCommand({ Bucket, Prefix })),
          ],
        ),
        async () => {
          const form = await createPresignedPost(s3, { Bucket, Key: `uploads/${owner}/cat.jpg` });
          throw new Error(await (await postForm(form, 'x')).text());
        },
      );
      counts.credentials += tries.length + 1;
      while (tries.length > 0) {
        const some = tries.splice(0, 20).map((attempt) => attempt());
        for (const attempt of await Promise.allSettled(some))
          expect(attempt).toMatchObject({
            reason: { message: expect.stringContaining('not authorized to perform') as string },
          });
      }

      const Objects = [{ Key: `uploads/${owner}/cat.jpg` }];
      const { Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
      expect(Errors).toMatchObject([{ Code: 'AccessDenied' }]);
      expect(await everythingOf(owner)).toEqual(before);
    },
  );
});
