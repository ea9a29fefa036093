import type { SQSEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { groupByTenant } from '../../../../functions/shared/group-by-tenant.ts';
import { imageIdOf, parseTenantId } from '../../../../lib/domain/ids.ts';

test.each([
  [1, ['1 of few', '2 of some', '3 of many']],
  // The work of one may end the process each time: whoever comes after it comes before it then.
  [2, ['3 of many', '2 of some', '1 of few']],
  [3, ['1 of few', '2 of some', '3 of many']],
])('who asks for little is served first, in delivery %i', async (delivery, expected) => {
  const asked = ['many', 'many', 'few', 'many', 'some', 'some'].map((tenant, i) => ({
    messageId: String(i),
    body: tenant,
    attributes: { ApproximateReceiveCount: String(delivery) },
  }));
  const served: string[] = [];
  const answer = await groupByTenant(
    { Records: asked } as unknown as SQSEvent,
    ({ body, messageId }) => [
      { tenant: parseTenantId(body), imageId: imageIdOf(parseTenantId(body), messageId) },
    ],
    (tenant, { length }) => Promise.resolve(void served.push(`${length} of ${tenant}`)),
  );
  expect(served).toEqual(expected);
  expect(answer).toEqual({ batchItemFailures: [] });
});
