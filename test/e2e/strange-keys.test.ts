import { afterAll, beforeAll, expect, it } from 'vitest';
import { logLines } from '../support/log-lines.ts';
import { s3Event, startService } from '../support/service.ts';

/** Objects under keys that name no image of any tenant: they stay, and the operator is told. */

let service: Awaited<ReturnType<typeof startService>>;
beforeAll(async () => {
  service = await startService({
    environment: {
      POWERTOOLS_LOG_LEVEL: 'WARN',
      POWERTOOLS_METRICS_DISABLED: 'false',
      POWERTOOLS_SERVICE_NAME: 'gloss-describe',
    },
  });
});
afterAll(() => service.close());

const written = (key: string, size: number) =>
  logLines(async () => {
    expect(await service.describe(s3Event('Created:Put', key, '01', 1, { size }))).toEqual({
      batchItemFailures: [],
    });
  });

it.each([
  ['uploads/Acme/cat.jpg', 'uploads/Acme/cat.jpg'],
  ['uploads/my_tenant/cat.jpg', 'uploads/my_tenant/cat.jpg'],
  ['uploads/cat.jpg', 'uploads/cat.jpg'],
  ['uploads/acme/../cat.jpg', 'uploads/acme/../cat.jpg'],
  ['uploads/Acme/photo\u202Egpj.exe', 'uploads/Acme/photo\\u{202E}gpj.exe'],
])('%j stays, is counted, and is named in the log', async (key, shown) => {
  await service.upload(key, Buffer.from('bytes'));
  const lines = await written(key, 5);
  expect(lines).toContainEqual(expect.objectContaining({ level: 'WARN', key: shown }));
  expect(lines).toContainEqual(expect.objectContaining({ service: 'gloss-describe', ImagesStray: 1 }));
  expect([...(await service.sizesUnder(key)).keys()]).toEqual([key]);
});

it('a folder marker, which holds nothing, is not counted', async () => {
  expect(await written('uploads/Acme/', 0)).toEqual([]);
});
