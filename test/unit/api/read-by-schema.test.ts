import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DocumentsBody } from '../../../lib/api/documents/schema.ts';
import { StatusBody } from '../../../lib/api/images/schema.ts';
import { KeyBody } from '../../../lib/api/keys/schema.ts';
import { OPERATIONS } from '../../../lib/api/openapi/operations.ts';
import { readBySchema } from '../../../lib/api/read-by-schema.ts';
import { SearchParameters } from '../../../lib/api/search/schema.ts';
import { TenantBody, TenantChangeBody } from '../../../lib/api/tenants/schema.ts';
import { TenantUsageParameters } from '../../../lib/api/tenant-usage/schema.ts';
import { UploadsBody } from '../../../lib/api/uploads/schema.ts';
import { UsageParameters } from '../../../lib/api/usage/schema.ts';
import { WebhookBody } from '../../../lib/api/webhook/schema.ts';

function sentenceOf(schema: z.ZodType, input: unknown, part: 'field' | 'parameter' = 'field') {
  const read = readBySchema(schema, input, { part, whole: 'the body' });
  return 'mistake' in read ? [read.mistake.field, read.mistake.sentence] : 'taken';
}

const document = (fields: object) => ({ documents: [{ id: 'a', ...fields }] });
const limits = (fields: object) => ({ tenant: 'acme', settings: { limits: fields } });
const file = (fields: object) => ({ files: [{ name: 'a', bytes: 1, contentType: 'image/png', ...fields }] });
const view = { index: 0, kind: 'whole', tags: [], caption: '', visibleText: '' };
const gloss = (fields: object) =>
  document({
    gloss: { model: 'm', promptVersion: 'p', cropPolicy: 'none', views: [{ ...view, ...fields }] },
  });

describe('a parameter that is wrong', () => {
  test.each([
    [SearchParameters, {}, 'q', 'q is missing'],
    [SearchParameters, { q: 'a', limit: '0' }, 'limit', 'limit must be 1 to 100, not 0'],
    [SearchParameters, { q: 'a', limit: '101' }, 'limit', 'limit must be 1 to 100, not 101'],
    [
      SearchParameters,
      { q: 'a', limit: 'x' },
      'limit',
      'limit must be a whole number from 1 to 100, not "x"',
    ],
    [SearchParameters, { q: 'a', foo: '1' }, 'foo', 'there is no parameter foo'],
    [SearchParameters, { q: 'a', explain: 'x' }, 'explain', 'explain must be true or false, not "x"'],
    [SearchParameters, { q: 'a\0' }, 'q', 'q holds a NUL character'],
    [UsageParameters, { from: 'June' }, 'from', 'from must be a day such as 2026-11-30, not "June"'],
    [TenantUsageParameters, { by: 'year' }, 'by', 'by must be day or month, not "year"'],
  ])('%#', (schema, input, field, sentence) => {
    expect(sentenceOf(schema, input, 'parameter')).toEqual([field, sentence]);
  });
});

describe('several fields that are wrong', () => {
  test('are all told, the first one first', () => {
    const read = readBySchema(
      UploadsBody,
      { files: [{ name: '', bytes: -1, contentType: 'png', size: 1 }] },
      { part: 'field', whole: 'the body' },
    );
    expect('mistake' in read && [read.mistake, ...read.others].map(({ sentence }) => sentence)).toEqual([
      'files[0].name must not be empty',
      'files[0].bytes must be at least 0, not -1',
      'files[0].contentType is no media type',
      'there is no field files[0].size',
    ]);
  });

  test('twenty at most', () => {
    const files = Array.from({ length: 30 }, () => ({}));
    const read = readBySchema(UploadsBody, { files }, { part: 'field', whole: 'the body' });
    expect('others' in read && read.others).toHaveLength(19);
  });
});

describe('a field that is wrong', () => {
  test.each([
    [DocumentsBody, [], '', 'the body must be an object, not a list'],
    [DocumentsBody, {}, 'documents', 'documents is missing'],
    [DocumentsBody, { documents: {} }, 'documents', 'documents must be a list of objects, not an object'],
    [DocumentsBody, { documents: [] }, 'documents', 'documents must not be empty'],
    [
      DocumentsBody,
      document({ tags: 'x' }),
      'documents[0].tags',
      'documents[0].tags must be a list of texts, not "x"',
    ],
    [
      DocumentsBody,
      document({ texts: [7] }),
      'documents[0].texts[0]',
      'documents[0].texts[0] must be a text, not 7',
    ],
    [
      DocumentsBody,
      document({ texts: ['x'.repeat(5_001)] }),
      'documents[0].texts[0]',
      'documents[0].texts[0] has 5001 characters; at most 5000 are taken',
    ],
    [DocumentsBody, document({ id: '' }), 'documents[0].id', 'documents[0].id must not be empty'],
    [DocumentsBody, document({}), 'documents[0]', 'documents[0] needs texts, tags or captions'],
    [
      DocumentsBody,
      document({ texts: [], foo: 1 }),
      'documents[0].foo',
      'there is no field documents[0].foo',
    ],
    [
      DocumentsBody,
      gloss({ index: 1.5 }),
      'documents[0].gloss.views[0].index',
      'documents[0].gloss.views[0].index must be a whole number, not 1.5',
    ],
    [
      DocumentsBody,
      gloss({ kind: 'half' }),
      'documents[0].gloss.views[0].kind',
      'documents[0].gloss.views[0].kind must be whole, crop or text, not "half"',
    ],
    [
      DocumentsBody,
      gloss({ box: null }),
      'documents[0].gloss.views[0].box',
      'documents[0].gloss.views[0].box must be an object, not null',
    ],
    [StatusBody, { ids: ['x'] }, 'ids[0]', 'ids[0] is no image id: 32 hexadecimal digits'],
    [
      StatusBody,
      { ids: Array.from({ length: 501 }, () => '0'.repeat(32)) },
      'ids',
      'ids has 501 entries; at most 500 are taken',
    ],
    [KeyBody, { scopes: [] }, 'scopes', 'scopes must not be empty'],
    [KeyBody, { expiresInSec: '1' }, 'expiresInSec', 'expiresInSec must be a whole number, not "1"'],
    [KeyBody, { expiresInSec: 0 }, 'expiresInSec', 'expiresInSec must be 1 to 316224000, not 0'],
    [
      TenantBody,
      limits({ modelUsdPerMonth: -1 }),
      'settings.limits.modelUsdPerMonth',
      'settings.limits.modelUsdPerMonth must be 0 to 1000000, not -1',
    ],
    [
      TenantBody,
      limits({ requestsPerSec: true }),
      'settings.limits.requestsPerSec',
      'settings.limits.requestsPerSec must be a number, not true',
    ],
    [TenantChangeBody, {}, '', 'the body needs status or settings'],
    [UploadsBody, file({ bytes: -1 }), 'files[0].bytes', 'files[0].bytes must be at least 0, not -1'],
    [
      UploadsBody,
      file({ contentType: 'png' }),
      'files[0].contentType',
      'files[0].contentType is no media type',
    ],
    [
      WebhookBody,
      { url: 'foo' },
      'url',
      'url must be an address such as https://example.com/images, not "foo"',
    ],
    [WebhookBody, { url: 7 }, 'url', 'url must be a text, not 7'],
  ])('%#', (schema, input, field, sentence) => {
    expect(sentenceOf(schema, input)).toEqual([field, sentence]);
  });
});

test('what came is shown in few words', () => {
  expect(sentenceOf(WebhookBody, { url: 'x'.repeat(60) })).toEqual([
    'url',
    `url must be an address such as https://example.com/images, not "${'x'.repeat(40)}…"`,
  ]);
});

/** Every schema within a request, each alone. */
function* partsOf(schema: z.core.$ZodType): Generator<z.core.$ZodType> {
  yield schema;
  if (schema instanceof z.ZodObject)
    for (const part of Object.values<z.core.$ZodType>(schema.shape)) yield* partsOf(part);
  if (schema instanceof z.ZodArray) yield* partsOf(schema.element);
  if ('innerType' in schema._zod.def) yield* partsOf(schema._zod.def.innerType as z.core.$ZodType);
}

test('no field of any request is refused in words of the library', () => {
  const wrong = [
    undefined,
    null,
    true,
    -1,
    0.5,
    1e300,
    '',
    'x',
    '\0',
    'x'.repeat(100_000),
    [],
    Array(2_000).fill(0),
    {},
    { foo: 1 },
  ];
  const requests = OPERATIONS.flatMap(({ params, query, body }) => [params, query, body]).filter(
    (schema) => schema !== undefined,
  );
  const sentences = requests
    .flatMap((request) => [...partsOf(request)])
    .flatMap((schema) => wrong.map((input) => sentenceOf(z.strictObject({ it: schema }), { it: input })))
    .filter((answer) => answer !== 'taken')
    .map(([, sentence]) => sentence!);
  expect(sentences.length).toBeGreaterThan(500);
  expect(
    sentences.filter((sentence) =>
      /Invalid|: expected |, received \w+$|Too |Unrecognized|cannot be read|otherwise|something else/.test(
        sentence,
      ),
    ),
  ).toEqual([]);
});
