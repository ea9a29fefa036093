import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { listen } from '../../infra/local/servers/listen.ts';

it('a server takes the port that it had, or another one where that is taken', async () => {
  const [first, second] = [createServer(), createServer()];
  const address = await listen(first);
  const port = Number(new URL(address).port);
  const other = await listen(second, port);
  expect(new URL(other).port).not.toBe(String(port));
  await new Promise((closed) => first.close(closed));
  const again = createServer();
  expect(await listen(again, port)).toBe(address);
  for (const server of [second, again]) await new Promise((closed) => server.close(closed));
});
