import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A model that is not to be had until it is released, but for the trial of `gloss up`, which is the first to ask: it speaks chat completions, and
 * says the same of every picture. Meanwhile describing stands still.
 */
export async function startHeldModel(caption: string) {
  const released = Promise.withResolvers<undefined>();
  const content = JSON.stringify({ tags: [], caption, visibleText: '' });
  const reply = JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content } }] });
  let isTrial = true;
  const server = createServer((request, response) => {
    const answering = isTrial ? Promise.resolve(undefined) : released.promise;
    isTrial = false;
    request.resume();
    request.on('end', () => {
      void answering.then(() => response.writeHead(200, { 'content-type': 'application/json' }).end(reply));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    release: (): void => released.resolve(undefined),
    async close(): Promise<void> {
      released.resolve(undefined);
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
