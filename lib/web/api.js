// @ts-check

/**
 * The API's answers, as the schemas declare them (lib/api). The page always asks why a hit was found.
 * @import { ImagesPage, ShownImage, StatusAnswer } from '../api/images/image.ts'
 * @import { SearchAnswer } from '../api/search/schema.ts'
 * @import { UploadsAnswer } from '../api/uploads/schema.ts'
 * @import { WordsAnswer } from '../api/words/schema.ts'
 * @typedef {import('../api/images/view.ts').BoxJson} Box
 * @typedef {import('../api/images/view.ts').ShownView} View
 * @typedef {Pick<ShownImage, 'id' | 'name' | 'widthPx' | 'heightPx' | 'url' | 'thumbnailUrl'>} Picture
 * @typedef {import('../api/search/schema.ts').Hit &
 *   { explanation: import('../api/search/schema.ts').ExplanationJson }} Hit
 * @typedef {import('../api/search/schema.ts').ClauseJson} Clause
 * @typedef {{ tenant: string, scopes: string[], keyId?: string }} Me of GET /v1/me; the operator has the scope `operator` alone
 * @typedef {Omit<SearchAnswer, 'hits' | 'likely'> & { hits: Hit[], likely?: Hit[] }} Answer
 */

const KEY = 'gloss-key';

/** A picture of the timeline, without a query that it was found by. @typedef {import('../api/search/schema.ts').Hit} NewestHit */

/** Whatever has a date. */
const ANY_DATE = 'after:1800';

/** An answer of the API that is no success, as its problem details (RFC 9457) tell it. */
export class Problem extends Error {
  /**
   * @param {number} status 0 when no answer came at all
   * @param {string} detail
   * @param {{ code?: string, field?: string, at?: number, length?: number }} [place]
   */
  constructor(status, detail, place = {}) {
    super(detail);
    this.status = status;
    this.place = place;
  }
}

/** The key of this tab; a new tab takes the key that was given last. */
export function knownKey() {
  const key = sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY);
  if (key !== null) sessionStorage.setItem(KEY, key);
  return key;
}

/** For this tab and those opened later. @param {string} key */
export function keepKey(key) {
  sessionStorage.setItem(KEY, key);
  localStorage.setItem(KEY, key);
}

/** In this tab; in new ones, too, where it is theirs. */
export function forgetKey() {
  if (localStorage.getItem(KEY) === sessionStorage.getItem(KEY)) localStorage.removeItem(KEY);
  sessionStorage.removeItem(KEY);
}

/** The key in the address (#key=gls_...), which is cleared there, so that it lands in no bookmark. */
export function keyOfAddress() {
  const key = new URLSearchParams(location.hash.slice(1)).get('key');
  if (key !== null) history.replaceState(history.state, '', location.pathname + location.search);
  return key;
}

/** What the API tells of the operator is that no tenant's answers are theirs. @type {Me} */
const OPERATOR = { tenant: 'the operator', scopes: ['operator'] };

/** Whether a request was refused since the key is the operator's. @param {Problem} problem */
export const isOfOperator = ({ place: { code } }) => code === 'tenant_only';

/**
 * Whose a key is, or the problem that says why it opens nothing, or why nobody tells.
 * @param {string} key
 * @returns {Promise<{ me?: Me, problem?: Problem }>}
 */
export async function whoIs(key) {
  try {
    return { me: await ask('/v1/me', {}, key) };
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    return isOfOperator(problem) ? { me: OPERATOR } : { problem };
  }
}

/**
 * @param {string} q
 * @param {{ limit: number, likely: boolean, sort: string, cursor?: string | undefined }} options
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
export const search = (q, { limit, likely, sort, cursor }, signal) =>
  ask(
    `/v1/search?${new URLSearchParams({ q, limit: String(limit), likely: String(likely), sort, related: 'true', explain: 'true', ...(cursor && { cursor }) })}`,
    { signal },
  );

/**
 * Pictures by when they were taken or came, the newest first; those without a date are not among them.
 * @param {string | undefined} cursor
 * @param {AbortSignal} signal
 * @returns {Promise<Omit<SearchAnswer, 'hits'> & { hits: NewestHit[] }>}
 */
export const newest = (cursor, signal) =>
  ask(
    `/v1/search?${new URLSearchParams({ q: ANY_DATE, sort: 'newest', limit: '60', ...(cursor && { cursor }) })}`,
    { signal },
  );

/** Words of the tenant's pictures that begin so. @param {string} prefix @param {AbortSignal} signal */
export const completeWord = async (prefix, signal) => {
  /** @type {WordsAnswer} */
  const { words } = await ask(`/v1/words?${new URLSearchParams({ prefix })}`, { signal });
  return words;
};

/** @param {string | undefined} cursor @param {AbortSignal} signal @returns {Promise<ImagesPage>} */
export const listImages = (cursor, signal) =>
  ask(`/v1/images?${new URLSearchParams({ limit: '100', ...(cursor && { cursor }) })}`, { signal });

/** @param {string} id @returns {Promise<ShownImage>} */
export const getImage = (id) => ask(`/v1/images/${id}`);

/** Pages of failed pictures that are asked for: each looks at 100 pictures, failed or not. */
const FAILED_PAGES = 10;

/** The pictures that have failed; `isAll` is false where there are more pictures than were looked at. */
export async function listFailed() {
  /** @type {import('../api/images/image.ts').Image[]} */
  const images = [];
  /** @type {string | undefined} */
  let cursor;
  for (let i = 0; i < FAILED_PAGES; i += 1) {
    const said = new URLSearchParams({ status: 'failed', limit: '100', ...(cursor && { cursor }) });
    /** @type {ImagesPage} */
    const page = await ask(`/v1/images?${said}`);
    images.push(...page.images);
    ({ cursor } = page);
    if (cursor === undefined) break;
  }
  return { images, isAll: cursor === undefined };
}

/**
 * Deletes pictures, also while the page is left. Those that are gone already are no problem.
 * @param {readonly string[]} ids 1 to 100
 * @returns {Promise<import('../api/images/image.ts').DeletionAnswer>}
 */
export const deleteImages = (ids) => post('/v1/images/deletion', { ids }, { keepalive: true });

/**
 * Adds tags to a picture and takes tags away.
 * @param {string} id
 * @param {{ add?: string[], remove?: string[] }} keywords
 * @returns {Promise<import('../api/images/image.ts').Image>}
 */
export const changeTags = (id, keywords) => post(`/v1/images/${id}`, { keywords }, { method: 'PATCH' });

/**
 * The same for many pictures.
 * @param {readonly string[]} ids 1 to 100
 * @param {{ add?: string[], remove?: string[] }} keywords
 * @returns {Promise<import('../api/images/image.ts').KeywordsAnswer>}
 */
export const tagImages = (ids, keywords) => post('/v1/images/keywords', { ids, keywords });

/** Has a picture described again that failed. @param {string} id @returns {Promise<import('../api/images/image.ts').RetryAnswer>} */
export const retryImage = (id) => ask(`/v1/images/${id}/retry`, { method: 'POST' });

/** @param {string[]} ids at most 500 @returns {Promise<StatusAnswer>} */
export const statusOf = (ids) => post('/v1/images/status', { ids });

/**
 * Asks for what is not there yet. A name that another picture has gets a number.
 * @param {{ name: string, bytes: number, contentType: string, sha256?: string }[]} files at most 100
 * @returns {Promise<UploadsAnswer>}
 */
export const inviteUploads = (files) => post('/v1/uploads', { files, onExisting: 'keep-both' });

/** @param {string} path @param {object} body @param {RequestInit} [init] @returns {Promise<any>} */
export const post = (path, body, init) =>
  ask(path, {
    method: 'POST',
    ...init,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/**
 * @param {string} path
 * @param {RequestInit} [init]
 * @param {string} [key]
 * @returns {Promise<any>} the body, or undefined where there is none
 * @throws {Problem}
 */
export async function ask(path, init = {}, key = knownKey() ?? '') {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${key}`);
  const response = await fetch(path, { ...init, headers }).catch((error) => {
    if (init.signal?.aborted) throw error;
    throw new Problem(0, 'the service cannot be reached');
  });
  if (response.status === 204) return undefined;
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  throw new Problem(response.status, body.detail ?? `the service answered with ${response.status}`, body);
}
