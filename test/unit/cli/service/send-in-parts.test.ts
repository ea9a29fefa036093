import { expect, test } from 'vitest';
import { ApiProblem } from '../../../../lib/cli/service/client.ts';
import { forEachAtOnce, sendInParts } from '../../../../lib/cli/service/send-in-parts.ts';
import { partsOf } from '../../../../lib/domain/parts-of.ts';

const refuse = (status: number) => new ApiProblem(status, { code: 'field', detail: 'no negative numbers' });

test('items that are refused do not take their neighbours with them', async () => {
  const requests: number[][] = [];
  const answers = await sendInParts([1, 2, -3, 4, 5, -6], (items) => {
    requests.push([...items]);
    return items.some((item) => item < 0)
      ? Promise.reject(refuse(400))
      : Promise.resolve(items.map((item) => item * 10));
  });
  const refusal = { code: 'field', reason: 'no negative numbers' };
  expect(answers).toEqual([10, 20, { refusal }, 40, 50, { refusal }]);
  expect(requests[0]).toEqual([1, 2, -3, 4, 5, -6]);
});

test('what no smaller request would mend ends it', async () => {
  for (const error of [refuse(401), refuse(503), new Error('a fault')]) {
    let requests = 0;
    const sent = sendInParts([1, 2], () => {
      requests += 1;
      return Promise.reject(error);
    });
    await expect(sent).rejects.toBe(error);
    expect(requests).toBe(1);
  }
});

test('work is done on all items, never on more than the limit at once', async () => {
  const done: number[] = [];
  let running = 0;
  let most = 0;
  await forEachAtOnce([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    done.push(item);
  });
  expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

test('parts are consecutive and full but for the last', () => {
  expect([...partsOf([1, 2, 3, 4, 5], 2)]).toEqual([[1, 2], [3, 4], [5]]);
  expect([...partsOf([], 2)]).toEqual([]);
});
