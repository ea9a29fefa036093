import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { NotSigned, readWhole, verifyCaller } from '../../infra/local/servers/signed-request.ts';

const Entry = z.object({
  EventBusName: z.string(),
  Source: z.string(),
  DetailType: z.string(),
  Detail: z.string(),
  Time: z.number(),
});
const PutEvents = z.object({ Entries: z.array(Entry).min(1).max(10) });
export type PutEvent = z.infer<typeof Entry>;

/** PutEvents of EventBridge: who signed is verified, what came is kept; a bus that is not there answers as AWS does. */
export async function startEvents(
  secretOf: (caller: { accessKeyId: string }) => string | undefined,
  bus: string,
) {
  const events: PutEvent[] = [];
  /** Refuses the next entries in an answer that succeeds, as a bus under load does. */
  let refusals = 0;

  async function answer(request: IncomingMessage): Promise<object> {
    const body = await readWhole(request);
    verifyCaller(request, body, 'events', { secretOf });
    if (request.headers['x-amz-target'] !== 'AWSEvents.PutEvents')
      throw new Error('only PutEvents is known here');
    const { Entries } = PutEvents.parse(JSON.parse(body.toString()));
    const answers = Entries.map((entry) => {
      if (refusals > 0) {
        refusals -= 1;
        return { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' };
      }
      // AWS drops what is put on a bus that does not exist, and says so to nobody.
      if (entry.EventBusName === bus) events.push(entry);
      return { EventId: crypto.randomUUID() };
    });
    return { FailedEntryCount: answers.filter((one) => 'ErrorCode' in one).length, Entries: answers };
  }

  const server = createServer((request, response) => {
    const reply = (status: number, json: object) =>
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(json));
    void answer(request).then(
      (json) => reply(200, json),
      (error: unknown) =>
        reply(error instanceof NotSigned ? 403 : 400, {
          __type: error instanceof NotSigned ? 'AccessDeniedException' : 'ValidationException',
          message: String(error),
        }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    events,
    refuse(count: number): void {
      refusals = count;
    },
    close(): void {
      server.close();
      server.closeAllConnections();
    },
  };
}
