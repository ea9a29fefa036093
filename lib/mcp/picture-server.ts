import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js';
import { NOTE } from './picture-data.ts';
import { pictureTools, type PictureToolDeps } from './picture-tools.ts';

interface PictureServerDeps extends PictureToolDeps {
  readonly version: string;
}

/**
 * A server of the Model Context Protocol that searches a tenant's pictures. One server serves one client. It answers calls itself, in the place
 * of the SDK: that would tell wrong arguments in sentences without a code of ours.
 */
export function pictureServer({ version, ...deps }: PictureServerDeps): McpServer {
  const tools = pictureTools(deps);
  const mcp = new McpServer(
    { name: 'gloss', version },
    {
      instructions: `Finds pictures by the words that a model wrote about them. Search, narrow down by related words, then show a picture. ${NOTE}`,
    },
  );
  const { server } = mcp;
  server.registerCapabilities({ tools: {} });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map((tool) => tool.describe()) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params: { name, arguments: args } }) => {
    const tool = tools.find((one) => one.name === name);
    if (!tool) throw new McpError(ErrorCode.InvalidParams, `there is no tool ${name}`);
    return tool.answer(args);
  });
  return mcp;
}
