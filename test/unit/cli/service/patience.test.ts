import { expect, test } from 'vitest';
import { ApiProblem, NoAnswer } from '../../../../lib/cli/service/client.ts';
import { CommandError } from '../../../../lib/cli/terminal/command-error.ts';
import { Patience, PostRefused } from '../../../../lib/cli/service/patience.ts';

const problem = (status: number) => new ApiProblem(status, { code: 'x', detail: 'x' });

/** Fails with each error in turn, then answers. */
function failing(...errors: Error[]) {
  return () => {
    const error = errors.shift();
    return error ? Promise.reject(error) : Promise.resolve('done');
  };
}

test.each<[string, Error]>([
  ['a lost connection', new NoAnswer('http://127.0.0.1:1/x', new Error('gone'))],
  ['a stack that starts again', new CommandError('no_service', 'no stack runs')],
  ['a fault of the service', problem(500)],
  ['a busy service', problem(429)],
  ['an expired upload address', new PostRefused(403)],
])('tries again after %s', async (_, error) => {
  const patience = new Patience(60_000, () => undefined);
  expect(await patience.keepTrying(failing(error))).toBe('done');
});

test('tells an outage once, and the next one again', async () => {
  const told: string[] = [];
  const patience = new Patience(60_000, (reason) => told.push(reason));
  const [first, second] = [new CommandError('no_service', 'first'), new CommandError('no_service', 'second')];
  await patience.keepTrying(failing(first, first));
  await patience.keepTrying(failing(second));
  expect(told).toEqual(['first', 'second']);
});

test.each<[string, Error]>([
  ['a wrong key', problem(401)],
  ['a quota that is full', new ApiProblem(429, { code: 'images_limit', detail: 'x' })],
  ['a wrong request', problem(400)],
  ['a file that storage will never take', new PostRefused(400)],
  ['a fault in this program', new TypeError('x is undefined')],
])('does not try again after %s', async (_, error) => {
  const patience = new Patience(60_000, () => undefined);
  await expect(patience.keepTrying(failing(error))).rejects.toBe(error);
});

test('gives up when patience ends, and then at once on what follows in the same outage', async () => {
  const patience = new Patience(50, () => undefined); // shorter than the first pause
  const gone = problem(503);
  let attempts = 0;
  const attempt = () => {
    attempts += 1;
    return Promise.reject(gone);
  };
  await expect(patience.keepTrying(attempt)).rejects.toBe(gone);
  await expect(patience.keepTrying(attempt)).rejects.toBe(gone);
  expect(attempts).toBe(2);
});
