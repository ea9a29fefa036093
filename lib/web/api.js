// @ts-check

/**
 * The parts of the API's answers that the page shows; docs/api.md has them all.
 * @typedef {{ left: number, top: number, width: number, height: number }} Box
 * @typedef {{ index: number, kind: 'whole' | 'crop' | 'text', box?: Box, cropUrl?: string, tags: string[],
 *   caption: string, visibleText: string }} View
 * @typedef {View & { words: string[] }} MatchedView
 * @typedef {{ word: string, count: number }} Word
 * @typedef {{ id: string, name: string, widthPx?: number, heightPx?: number, url?: string,
 *   thumbnailUrl?: string }} Picture
 * @typedef {Picture & { score: number, views: MatchedView[],
 *   explanation: { terms: { term: string, score: number, via?: string }[] } }} Hit
 * @typedef {{ occur: 'should' | 'must' | 'not', text: string, at: number }} Clause
 * @typedef {{ query: { clauses: Clause[] }, total: number,
 *   totalIs: 'exact' | 'at least' | 'at most', hits: Hit[], figures: { docCount: number },
 *   checked?: { glosses: number, candidates: number }, likely?: Hit[],
 *   related?: { words: Word[], candidates: number },
 *   didYouMean?: { at: number, text: string, words: Word[] }[] }} Answer
 * @typedef {{ code: string, reason: string, retryable: boolean }} Failure
 * @typedef {'received' | 'described' | 'searchable' | 'failed' | 'removed' | 'unknown'} Status
 * @typedef {Picture & { status: Status, failure?: Failure, createdAt: string, updatedAt: string }} Image
 * @typedef {Image & { gloss?: { model: string, views: View[] } }} Detail
 * @typedef {{ name: string, failure: Failure } | { name: string, id: string, url: string,
 *   fields: Record<string, string>, failure?: undefined }} Invitation
 */

const KEY = 'gloss-key';

/** An answer of the API that is no success, as its problem details (RFC 9457) tell it. */
export class Problem extends Error {
  /**
   * @param {number} status 0 when no answer came at all
   * @param {string} detail
   * @param {{ field?: string, at?: number, length?: number }} [place]
   */
  constructor(status, detail, place = {}) {
    super(detail);
    this.status = status;
    this.place = place;
  }
}

/** The key of this tab, if one is known. */
export const knownKey = () => sessionStorage.getItem(KEY);

/** @param {string} key */
export const keepKey = (key) => sessionStorage.setItem(KEY, key);

export const forgetKey = () => sessionStorage.removeItem(KEY);

/** Takes a key from the address (#key=gls_...) and clears it there, so that it lands in no bookmark. */
export function takeKeyFromAddress() {
  const key = new URLSearchParams(location.hash.slice(1)).get('key');
  if (key === null) return;
  keepKey(key);
  history.replaceState(history.state, '', location.pathname + location.search);
}

/**
 * @param {string} q
 * @param {{ limit: number, likely: boolean }} options
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
export const search = (q, { limit, likely }, signal) =>
  ask(
    `/v1/search?${new URLSearchParams({ q, limit: String(limit), likely: String(likely), related: 'true', explain: 'true' })}`,
    { signal },
  );

/** Words of the tenant's pictures that begin so. @param {string} prefix @param {AbortSignal} signal */
export const completeWord = async (prefix, signal) => {
  /** @type {{ words: import('./api.js').Word[] }} */
  const { words } = await ask(`/v1/words?${new URLSearchParams({ prefix })}`, { signal });
  return words;
};

/** @param {string | undefined} cursor @param {AbortSignal} signal @returns {Promise<{ images: Image[], cursor?: string }>} */
export const listImages = (cursor, signal) =>
  ask(`/v1/images?${new URLSearchParams({ limit: '100', ...(cursor && { cursor }) })}`, { signal });

/** @param {string} id @returns {Promise<Detail>} */
export const getImage = (id) => ask(`/v1/images/${id}`);

/** @param {string} id @returns {Promise<void>} */
export const deleteImage = (id) => ask(`/v1/images/${id}`, { method: 'DELETE' });

/** @param {string[]} ids at most 100 @returns {Promise<{ images: Image[] }>} */
export const statusOf = (ids) => post('/v1/images/status', { ids });

/**
 * @param {{ name: string, bytes: number, contentType: string }[]} files at most 100
 * @returns {Promise<{ uploads: Invitation[] }>}
 */
export const inviteUploads = (files) => post('/v1/uploads', { files });

/** @param {string} path @param {object} body */
const post = (path, body) =>
  ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/**
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<any>} the body, or undefined where there is none
 * @throws {Problem}
 */
async function ask(path, init = {}) {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${knownKey() ?? ''}`);
  const response = await fetch(path, { ...init, headers }).catch((error) => {
    if (init.signal?.aborted) throw error;
    throw new Problem(0, 'the service cannot be reached');
  });
  if (response.status === 204) return undefined;
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  throw new Problem(response.status, body.detail ?? `the service answered with ${response.status}`, body);
}
