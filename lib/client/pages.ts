import type { components, operations } from './api-types.ts';
import type { Call } from './call.ts';

type Schemas = components['schemas'];
export type Hit = Schemas['Hit'];
export type Image = Schemas['Image'];
export type SearchAnswer = Schemas['SearchAnswer'];

/** How to search, beside the words. */
export interface SearchOptions extends Omit<
  operations['search']['parameters']['query'],
  'q' | 'cursor' | 'limit'
> {
  /** Hits of a request, 1 to 100. */
  readonly pageSize?: number;
  readonly signal?: AbortSignal;
}

/**
 * Whole answers, page by page, all of one snapshot of the index: the first has what is told once, such as `related` and `didYouMean`.
 * @throws GlossProblem `snapshot_gone` where the index changed so much in the meantime that the next page cannot be had
 */
export async function* searchPages(
  call: Call,
  q: string,
  { pageSize = 100, signal, ...options }: SearchOptions = {},
): AsyncGenerator<SearchAnswer, void, undefined> {
  let cursor: string | undefined;
  do {
    const query = { ...options, q, limit: pageSize, ...(cursor !== undefined && { cursor }) };
    const page: SearchAnswer = await call('search', { query, signal });
    yield page;
    ({ cursor } = page);
  } while (cursor !== undefined);
}

/** Every hit to the last one, best first; a page is asked for when its first hit is wanted. @throws GlossProblem */
export async function* searchHits(
  call: Call,
  q: string,
  options?: SearchOptions,
): AsyncGenerator<Hit, void, undefined> {
  for await (const { hits } of searchPages(call, q, options)) yield* hits;
}

/** Which images to list. */
export interface ImagesOptions extends Pick<SearchOptions, 'pageSize' | 'signal'> {
  /** Those alone that stand so. */
  readonly status?: Exclude<Image['status'], 'removed'>;
}

/** Every image of the tenant, in order of id. @throws GlossProblem */
export async function* allImages(
  call: Call,
  { pageSize = 100, signal, ...options }: ImagesOptions = {},
): AsyncGenerator<Image, void, undefined> {
  let cursor: string | undefined;
  do {
    const query = { ...options, limit: pageSize, ...(cursor !== undefined && { cursor }) };
    const page: Schemas['ImagesPage'] = await call('listImages', { query, signal });
    yield* page.images;
    ({ cursor } = page);
  } while (cursor !== undefined);
}
