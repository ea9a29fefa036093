import { expect, it } from 'vitest';
import { ApiProblem } from '../../../../lib/cli/service/client.ts';

it('a fault of the service is told with its code, which docs go by', () => {
  const detail = 'something went wrong on our side';
  expect(new ApiProblem(500, { code: 'manifest_corrupt', detail }).message).toBe(
    `${detail} (manifest_corrupt)`,
  );
  expect(new ApiProblem(404, { code: 'image_not_found', detail: 'there is no such image' }).message).toBe(
    'there is no such image',
  );
});
