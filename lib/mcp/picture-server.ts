import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod';
import type { Client } from '../client/create-client.ts';
import type { components } from '../client/api-types.ts';
import { GlossProblem } from '../client/problem.ts';
import { NOTE, pictureData } from './picture-data.ts';

/** What the tools ask the API, and how they fetch a picture from its short-lived address. */
export interface PictureServerDeps {
  readonly client: Client;
  readonly fetchPicture: typeof fetch;
  readonly version: string;
}

type Hit = components['schemas']['Hit'];

/** All tools only read, and what they read is the tenant's alone. */
const READS = { readOnlyHint: true, openWorldHint: false } as const;
const MAX_HITS = 50;

const QUERY =
  'words of what the pictures show: all are wanted, +word must be there, -word must not, "a phrase", sky*, date:2024-05, name:beach';

/** A server of the Model Context Protocol that searches a tenant's pictures. One server serves one client. */
export function pictureServer({ client, fetchPicture, version }: PictureServerDeps): McpServer {
  const server = new McpServer(
    { name: 'gloss', version },
    {
      instructions: `Finds pictures by the words that a model wrote about them. Search, narrow down by related words, then show a picture. ${NOTE}`,
    },
  );

  server.registerTool(
    'search_pictures',
    {
      title: 'Search pictures',
      description: 'Finds pictures by words, best first, and says what each shows.',
      inputSchema: {
        query: z.string().min(1).max(1_000).describe(QUERY),
        limit: z.int().min(1).max(MAX_HITS).default(10),
        sort: z.enum(['best', 'newest', 'oldest']).default('best'),
      },
      annotations: READS,
    },
    ({ query, limit, sort }) =>
      answered(async () => {
        const found = await client.call('search', { query: { q: query, limit, sort } });
        const { total, totalIs, hits, didYouMean } = found;
        return [
          pictureData({ total, totalIs, pictures: hits.map(pictureOf), ...(didYouMean && { didYouMean }) }),
        ];
      }),
  );

  server.registerTool(
    'related_words',
    {
      title: 'Related words',
      description:
        'Words that divide what a query finds, with how many pictures have each: add one to the query with + or - to narrow it down. Of the beginning of a word, how it can go on.',
      inputSchema: {
        query: z.string().min(1).max(1_000).describe(QUERY),
      },
      annotations: READS,
    },
    ({ query }) =>
      answered(async () => {
        const found = await client.call('search', { query: { q: query, limit: 1, related: true } });
        const begun = /^\S{1,100}$/.test(query)
          ? (await client.call('completeWord', { query: { prefix: query } })).words
          : [];
        return [pictureData({ total: found.total, words: found.related?.words ?? [], beginSo: begun })];
      }),
  );

  server.registerTool(
    'show_picture',
    {
      title: 'Show a picture',
      description: 'What is known of one picture, view by view, and the picture itself as a thumbnail.',
      inputSchema: {
        id: z
          .string()
          .regex(/^[0-9a-f]{32}$/)
          .describe('of a picture that search_pictures found'),
        withPicture: z.boolean().default(true),
      },
      annotations: READS,
    },
    ({ id, withPicture }) =>
      answered(async () => {
        const { url: _original, thumbnailUrl, ...image } = await client.call('showImage', { path: { id } });
        const thumbnail =
          withPicture && thumbnailUrl !== undefined ? await fetched(fetchPicture, thumbnailUrl) : undefined;
        return [pictureData(image), ...(thumbnail ? [thumbnail] : [])];
      }),
  );

  server.registerTool(
    'usage',
    {
      title: 'Usage',
      description: 'How many pictures there are, what was used up this month and what it cost in dollars.',
      inputSchema: {},
      annotations: READS,
    },
    () =>
      answered(async () => {
        const { stored, reserved, limits, total } = await client.call('showUsage');
        return [JSON.stringify({ stored, reserved, limits, thisMonth: total }, undefined, 1)];
      }),
  );
  return server;
}

/** Of a hit what an assistant can use: addresses live for minutes, and scores say nothing to it. */
const pictureOf = ({ id, name, date, views, file }: Hit) => ({
  id,
  name,
  ...(date !== undefined && { date }),
  views: views.map(({ kind, words, tags, caption, visibleText }) => ({
    kind,
    words,
    tags,
    caption,
    ...(visibleText !== '' && { visibleText }),
  })),
  ...(file && { file }),
});

type Content = CallToolResult['content'][number];

async function fetched(fetchPicture: typeof fetch, url: string): Promise<Content | undefined> {
  const response = await fetchPicture(url);
  if (!response.ok) return undefined; // it may be gone, and its words are here
  const data = Buffer.from(await response.arrayBuffer()).toString('base64');
  return { type: 'image', data, mimeType: response.headers.get('content-type') ?? 'image/jpeg' };
}

/** What the service refuses is for the assistant to read, who can ask otherwise. */
async function answered(ask: () => Promise<readonly (string | Content)[]>): Promise<CallToolResult> {
  try {
    const parts = await ask();
    return { content: parts.map((part) => (typeof part === 'string' ? { type: 'text', text: part } : part)) };
  } catch (error) {
    if (!(error instanceof GlossProblem)) throw error;
    return { isError: true, content: [{ type: 'text', text: `${error.code}: ${error.message}` }] };
  }
}
