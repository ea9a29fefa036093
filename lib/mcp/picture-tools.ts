import * as z from 'zod';
import type { Client } from '../client/create-client.ts';
import type { components } from '../client/api-types.ts';
import { pictureData } from './picture-data.ts';
import { toolOf, type Content, type PictureTool } from './picture-tool.ts';

/** What the tools ask the API, and how they fetch a picture from its short-lived address. */
export interface PictureToolDeps {
  /** A client for one call of a tool. */
  readonly clientOfCall: () => Client;
  readonly fetchPicture: typeof fetch;
}

type Hit = components['schemas']['Hit'];

const MAX_HITS = 50;

const query = z
  .string()
  .min(1)
  .max(1_000)
  .describe(
    'words of what the pictures show: all are wanted, +word must be there, -word must not, "a phrase", sky*, date:2024-05, name:beach',
  );

/** Everything that an assistant can ask about a tenant's pictures (docs/mcp.md). */
export const pictureTools = (deps: PictureToolDeps): readonly PictureTool[] => [
  searchPictures(deps),
  relatedWords(deps),
  showPicture(deps),
  usage(deps),
];

const searchPictures = ({ clientOfCall }: PictureToolDeps) =>
  toolOf(
    {
      name: 'search_pictures',
      title: 'Search pictures',
      description: 'Finds pictures by words, best first, and says what each shows.',
      input: z.strictObject({
        query,
        limit: z.int().min(1).max(MAX_HITS).default(10),
        sort: z.enum(['best', 'newest', 'oldest']).default('best'),
      }),
    },
    async ({ query: q, limit, sort }) => {
      const query = { q, limit, sort };
      const { total, totalIs, hits, didYouMean } = await clientOfCall().call('search', { query });
      return [
        pictureData({ total, totalIs, pictures: hits.map(pictureOf), ...(didYouMean && { didYouMean }) }),
      ];
    },
  );

const relatedWords = ({ clientOfCall }: PictureToolDeps) =>
  toolOf(
    {
      name: 'related_words',
      title: 'Related words',
      description:
        'Words that divide what a query finds, with how many pictures have each: add one to the query with + or - to narrow it down. Of the beginning of a word, how it can go on.',
      input: z.strictObject({ query }),
    },
    async ({ query: q }) => {
      const client = clientOfCall();
      const found = await client.call('search', { query: { q, limit: 1, related: true } });
      const begun = /^\S{1,100}$/.test(q)
        ? (await client.call('completeWord', { query: { prefix: q } })).words
        : [];
      return [pictureData({ total: found.total, words: found.related?.words ?? [], beginSo: begun })];
    },
  );

const showPicture = ({ clientOfCall, fetchPicture }: PictureToolDeps) =>
  toolOf(
    {
      name: 'show_picture',
      title: 'Show a picture',
      description: 'What is known of one picture, view by view, and the picture itself as a thumbnail.',
      input: z.strictObject({
        id: z
          .string()
          .regex(/^[0-9a-f]{32}$/)
          .describe('of a picture that search_pictures found'),
        withPicture: z.boolean().default(true),
      }),
    },
    async ({ id, withPicture }) => {
      const {
        url: _original,
        thumbnailUrl,
        ...image
      } = await clientOfCall().call('showImage', { path: { id } });
      const thumbnail =
        withPicture && thumbnailUrl !== undefined ? await fetched(fetchPicture, thumbnailUrl) : undefined;
      return [pictureData(image), ...(thumbnail ? [thumbnail] : [])];
    },
  );

const usage = ({ clientOfCall }: PictureToolDeps) =>
  toolOf(
    {
      name: 'usage',
      title: 'Usage',
      description: 'How many pictures there are, what was used up this month and what it cost in dollars.',
      input: z.strictObject({}),
    },
    async () => {
      const { stored, reserved, limits, total } = await clientOfCall().call('showUsage');
      return [JSON.stringify({ stored, reserved, limits, thisMonth: total }, undefined, 1)];
    },
  );

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

async function fetched(fetchPicture: typeof fetch, url: string): Promise<Content | undefined> {
  const response = await fetchPicture(url);
  if (!response.ok) return undefined; // it may be gone, and its words are here
  const data = Buffer.from(await response.arrayBuffer()).toString('base64');
  return { type: 'image', data, mimeType: response.headers.get('content-type') ?? 'image/jpeg' };
}
