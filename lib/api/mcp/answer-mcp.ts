import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { createClient } from '../../client/create-client.ts';
import { pictureServer } from '../../mcp/picture-server.ts';

/** Of the protocol's own; the API has another. */
const VERSION = '1';

/**
 * Answers a request of the Model Context Protocol: streamable HTTP without sessions or streams, a server for each request. Its tools ask this API
 * with the credential of the request, so scopes, limits and tenants are as in any other request.
 * @param askForCall the API, for one call of a tool: a request may hold several
 */
export async function answerMcp(request: Request, askForCall: () => typeof fetch): Promise<Response> {
  const bearer = (request.headers.get('authorization') ?? '').replace(/^Bearer /i, '');
  const server = pictureServer({
    clientOfCall: () => createClient('http://localhost', bearer, { fetch: askForCall(), retries: 0 }),
    fetchPicture: fetch,
    version: VERSION,
  });
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  return transport.handleRequest(request);
}
