import type { SQSEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { groupByTenant } from '../../../../functions/shared/group-by-tenant.ts';
import { imageIdOf, parseTenantId } from '../../../../lib/domain/ids.ts';

/** Nine messages: six of one tenant, two of another, one of a third, among each other. */
const TENANTS = ['many', 'many', 'some', 'few', 'many', 'many', 'some', 'many', 'many'];

/**
 * @param deliveries of each message
 * @returns what was handled, by tenant and messages, and what the queue was told of which messages
 */
async function deliver(deliveries: (i: number) => number, fails = '') {
  const asked = TENANTS.map((tenant, i) => ({
    messageId: String(i),
    body: tenant,
    attributes: { ApproximateReceiveCount: String(deliveries(i)) },
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
    {
      maxReceives: 8,
      keepApart: (records) => {
        told.push(`apart ${records.map(({ messageId }) => messageId).join('')}`);
        return Promise.resolve();
      },
    },
  );
  const handled = told.filter((one) => !one.startsWith('apart'));
  return {
    told,
    handled,
    failures: answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
  };
}

test('who asks for little is served first, all of a tenant at once', async () => {
  const { told, failures } = await deliver(() => 1);
  expect(told).toEqual(['few 3', 'some 26', 'many 014578']);
  expect(failures).toEqual([]);
});

test('what comes back is done from behind, in smaller pieces, each kept apart before its work', async () => {
  const { told, failures } = await deliver(() => 2);
  expect(told).toEqual(
    ['many 4578', 'many 01', 'some 6', 'some 2', 'few 3'].flatMap((piece) => {
      const [, ids] = piece.split(' ');
      return [`apart ${ids}`, piece];
    }),
  );
  expect(failures).toEqual([]);
});

test('what comes back again begins with a smaller piece, from the front', async () => {
  const { handled } = await deliver(() => 3);
  expect(handled).toEqual(['few 3', 'some 2', 'some 6', 'many 0', 'many 14', 'many 578']);
});

test('in the last three deliveries each image is alone', async () => {
  const { handled } = await deliver(() => 7);
  expect(handled).toEqual([
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
  const { handled: from } = await deliver(() => 6);
  expect(from).toEqual(handled.toReversed());
});

test('what comes for the first time is one piece beside what comes again, and before it', async () => {
  const { told } = await deliver((i) => (i === 4 ? 5 : 1));
  expect(told).toEqual(['few 3', 'some 26', 'many 01578', 'apart 4', 'many 4']);
});

test.each([1, 2, 3, 8])(
  'an image at fault is split from the others and comes back alone, in delivery %i',
  async (delivery) => {
    const { failures } = await deliver(() => delivery, '4');
    expect(failures).toEqual(['4']);
  },
);
