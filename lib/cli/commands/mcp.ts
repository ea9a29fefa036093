import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { Command } from 'commander';
import { once } from 'node:events';
import { createClient } from '../../client/create-client.ts';
import { pictureServer } from '../../mcp/picture-server.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { withConnection } from '../terminal/options.ts';

/** `gloss mcp`: lets an assistant search the pictures, by the Model Context Protocol on stdin and stdout. */
export const mcpCommand = withConnection(
  new Command('mcp').description('serve assistants by the Model Context Protocol, on stdin and stdout'),
).action(async (options: ConnectionOptions) => {
  const { endpoint, key } = await connect(options);
  const client = createClient(endpoint, key);
  const server = pictureServer({ clientOfCall: () => client, fetchPicture: fetch, version: '1' });
  await server.connect(new StdioServerTransport());
  // What was asked before the end is answered: closing the server would drop it. Then nothing keeps the process.
  await once(process.stdin, 'end');
});
