import type { components, operations } from './api-types.ts';
import type { Call } from './call.ts';

type Schemas = components['schemas'];
export type Hit = Schemas['Hit'];
export type Image = Schemas['Image'];
export type ExpectedImage = Schemas['ExpectedImage'];
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

/** How images can stand that are listed. */
export type ListedStatus = NonNullable<NonNullable<ListQuery>['status']>;
type ListQuery = operations['listImages']['parameters']['query'];

/** Which images to list. */
export interface ImagesOptions<Status extends ListedStatus = ThereAlready> extends Pick<
  SearchOptions,
  'pageSize' | 'signal'
> {
  /** Those alone that stand so; `expected` are those that have a form to upload by and are not there. */
  readonly status?: Status;
}
/** What a list has unless expected ones are asked for. */
export type ThereAlready = Exclude<ListedStatus, 'expected'>;

/** What a list of a status is of. */
export type Listed<Status extends ListedStatus> = Status extends 'expected' ? ExpectedImage : Image;

/** Every image of the tenant, or every one of a status, in order of id. @throws GlossProblem */
export async function* allImages<Status extends ListedStatus = ThereAlready>(
  call: Call,
  { pageSize = 100, signal, ...options }: ImagesOptions<Status> = {},
): AsyncGenerator<Listed<Status>, void, undefined> {
  let cursor: string | undefined;
  do {
    const query = { ...options, limit: pageSize, ...(cursor !== undefined && { cursor }) };
    const page: Schemas['ImagesPage'] = await call('listImages', { query, signal });
    // A page has expected images if these were asked for, and no others then.
    yield* (page.expected ?? page.images) as readonly Listed<Status>[];
    ({ cursor } = page);
  } while (cursor !== undefined);
}
