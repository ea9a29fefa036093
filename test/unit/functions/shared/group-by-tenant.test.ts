import type { SQSEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { groupByTenant } from '../../../../functions/shared/group-by-tenant.ts';
import { imageIdOf, parseTenantId } from '../../../../lib/domain/ids.ts';

/** Nine messages: six of one tenant, two of another, one of a third, among each other. */
const TENANTS = ['many', 'many', 'some', 'few', 'many', 'many', 'some', 'many', 'many'];

/** @returns what was handled, by tenant and messages, and which messages were ended after it */
async function deliver(delivery: number, fails = '') {
  const asked = TENANTS.map((tenant, i) => ({
    messageId: String(i),
    body: tenant,
    attributes: { ApproximateReceiveCount: String(delivery) },
  }));
  const told: string[] = [];
  const answer = await groupByTenant(
    { Records: asked } as unknown as SQSEvent,
    ({ body, messageId }) => [
      { tenant: parseTenantId(body), imageId: imageIdOf(parseTenantId(body), messageId), messageId },
    ],
    (tenant, work) => {
      const ids = work.map(({ messageId }) => messageId);
      told.push(`${tenant} ${ids.join('')}`);
      return ids.includes(fails) ? Promise.reject(new Error('a fault of one')) : Promise.resolve();
    },
    (records) => {
      told.push(`end ${records.map(({ messageId }) => messageId).join('')}`);
      return Promise.resolve();
    },
  );
  return { told, failures: answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
}

test('who asks for little is served first, all of a tenant at once', async () => {
  expect(await deliver(1)).toEqual({ told: ['few 3', 'some 26', 'many 014578'], failures: [] });
});

test('what comes back is done from behind, in smaller pieces, each of which is ended when it is done', async () => {
  const told = [
    ['many 78', 'end 78', 'many 45', 'end 45', 'many 01', 'end 01'],
    ['some 6', 'end 6', 'some 2', 'end 2', 'few 3', 'end 3'],
  ];
  expect(await deliver(2)).toEqual({ told: told.flat(), failures: [] });
});

test('what comes back again is done image by image, from the front', async () => {
  const { told } = await deliver(3);
  expect(told.filter((one) => !one.startsWith('end'))).toEqual([
    'few 3',
    'some 2',
    'some 6',
    'many 0',
    'many 1',
    'many 4',
    'many 5',
    'many 7',
    'many 8',
  ]);
});

test.each([1, 2, 3])(
  'an image at fault is split from the others and comes back alone, in delivery %i',
  async (delivery) => {
    const { told, failures } = await deliver(delivery, '4');
    expect(failures).toEqual(['4']);
    const ended = told.filter((one) => one.startsWith('end')).join('');
    expect(ended).not.toContain('4');
    if (delivery > 1) expect(ended.replaceAll('end ', '')).toHaveLength(8);
  },
);
