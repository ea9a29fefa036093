import { expect, test } from 'vitest';
import { failedMessageIds } from '../../../../infra/local/batch-response.ts';

const batch = new Set(['a', 'b', 'c']);

// The conditions are those of the Lambda guide, "Success and failure conditions" of partial batch responses for SQS.
test.each([
  [null, []],
  [{}, []],
  [{ batchItemFailures: [] }, []],
  [{ batchItemFailures: null }, []],
  [{ batchItemFailures: [{ itemIdentifier: 'b' }] }, ['b']],
  [
    { batchItemFailures: [{ itemIdentifier: 'b' }, { itemIdentifier: 'b' }, { itemIdentifier: 'a' }] },
    ['b', 'a'],
  ],
  ['done', ['a', 'b', 'c']],
  [{ batchItemFailures: [{ itemIdentifier: '' }] }, ['a', 'b', 'c']],
  [{ batchItemFailures: [{ itemIdentifier: null }] }, ['a', 'b', 'c']],
  [{ batchItemFailures: [{ itemIdentifer: 'a' }] }, ['a', 'b', 'c']],
  [{ batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'stranger' }] }, ['a', 'b', 'c']],
])('%j means that %j failed', (answer, failed) => {
  expect([...failedMessageIds(answer, batch)]).toEqual(failed);
});
