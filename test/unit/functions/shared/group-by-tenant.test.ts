import type { SQSEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { groupByTenant } from '../../../../functions/shared/group-by-tenant.ts';
import { imageIdOf, parseTenantId } from '../../../../lib/domain/ids.ts';

test('who asks for little is served first', async () => {
  const asked = ['many', 'many', 'few', 'many', 'some', 'some'].map((tenant, i) => ({
    messageId: String(i),
    body: tenant,
  }));
  const served: string[] = [];
  const answer = await groupByTenant(
    { Records: asked } as SQSEvent,
    ({ body, messageId }) => [
      { tenant: parseTenantId(body), imageId: imageIdOf(parseTenantId(body), messageId) },
    ],
    (tenant, { length }) => Promise.resolve(void served.push(`${length} of ${tenant}`)),
  );
  expect(served).toEqual(['1 of few', '2 of some', '3 of many']);
  expect(answer).toEqual({ batchItemFailures: [] });
});
