/**
 * Receives what the webhook tells, and prints each message whose signature is right. It prints its address first.
 *   GLOSS_SECRET=whsec_... node docs/examples/receive-webhook.ts 9000
 * The secret is that of `gloss webhook show`; the address is set by `gloss webhook set http://127.0.0.1:9000/`.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { GlossProblem, verifyWebhook } from '../../lib/client/index.ts'; // 'gloss-search' where the package is installed

const { GLOSS_SECRET } = process.env;
if (!GLOSS_SECRET) throw new Error('set GLOSS_SECRET to the secret of the webhook: gloss webhook show');
const seen = new Set<string>();

const server = createServer((request, response) => {
  void (async () => {
    try {
      const body = await text(request);
      const message = await verifyWebhook(GLOSS_SECRET, request.headers, body);
      // The same state may be told again, with the same id.
      const id = String(request.headers['webhook-id']);
      if (!seen.has(id)) console.log(JSON.stringify(message));
      seen.add(id);
      response.writeHead(204).end();
    } catch (error) {
      // Also a request that breaks off in the middle, and what is no message.
      response.writeHead(400).end(error instanceof GlossProblem ? error.code : 'not read');
    }
  })();
});
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
);
