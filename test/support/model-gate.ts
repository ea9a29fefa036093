import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a call of the model is answered in the place of the model: a Bedrock error, or never. */
export type Refusal =
  { readonly type: string; readonly status: number; readonly message: string } | 'no answer';

export const THROTTLED: Refusal = {
  type: 'ThrottlingException',
  status: 429,
  message: 'Too many requests, please wait before trying again.',
};
/** As Bedrock says it where a quota of the day is used up. */
export const QUOTA_OF_THE_DAY: Refusal = {
  type: 'ThrottlingException',
  status: 429,
  message: 'Too many tokens per day, please wait before trying again.',
};
export const UNAVAILABLE: Refusal = {
  type: 'ServiceUnavailableException',
  status: 503,
  message: 'Bedrock is unable to process your request.',
};

/** Stands before the embedded Bedrock, counts what comes to it, and refuses what a test wants refused. */
export async function startModelGate(target: string) {
  const gate = {
    /** Requests that came, and those that the model has answered. */
    calls: 0,
    answered: 0,
    /** Connections that were opened. */
    connections: 0,
    refuse: undefined as ((call: number) => Refusal | undefined) | undefined,
  };
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    gate.calls += 1;
    const refusal = gate.refuse?.(gate.calls);
    if (refusal === 'no answer') return;
    if (refusal) {
      response.writeHead(refusal.status, {
        'content-type': 'application/json',
        'x-amzn-errortype': refusal.type,
      });
      response.end(JSON.stringify({ message: refusal.message }));
      return;
    }
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method!,
      headers: { 'content-type': 'application/json', authorization: request.headers.authorization ?? '' },
      body: Buffer.concat(chunks),
    });
    const body = Buffer.from(await answer.arrayBuffer());
    if (answer.ok) gate.answered += 1;
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(body);
  }
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.on('connection', () => (gate.connections += 1));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return Object.assign(gate, {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  });
}
