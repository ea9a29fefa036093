/**
 * Receives what the webhook tells, and prints each message whose signature is right. It prints its address first.
 *   GLOSS_SECRET=whsec_... node docs/examples/receive-webhook.ts 9000
 * The secret is that of `gloss webhook show`; the address is set by `gloss webhook set http://127.0.0.1:9000/`.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { GlossProblem, verifyWebhook } from '../../lib/client/index.ts'; // 'gloss-search' where the package is installed

const { GLOSS_SECRET = '' } = process.env;
const seen = new Set<string>();

const server = createServer((request, response) => {
  void text(request).then(async (body) => {
    try {
      const message = await verifyWebhook(GLOSS_SECRET, request.headers, body);
      // The same state may be told again, with the same id.
      const id = String(request.headers['webhook-id']);
      if (!seen.has(id)) console.log(JSON.stringify(message));
      seen.add(id);
      response.writeHead(204).end();
    } catch (error) {
      if (!(error instanceof GlossProblem)) throw error;
      response.writeHead(400).end(error.code);
    }
  });
});
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
);
