// @ts-check

/** What the address of the page says: the query and its order, and the picture that is open. So links, reloading and Back work. */

/**
 * @typedef {object} Place
 * @property {string} q
 * @property {string} sort `best`, `newest` or `oldest`
 * @property {string | null} picture the id of the one that is open
 */

const ORDERS = ['best', 'newest', 'oldest'];

/** @returns {Place} */
export function placeOfAddress() {
  const said = new URLSearchParams(location.search);
  const sort = said.get('sort') ?? '';
  return {
    q: said.get('q') ?? '',
    sort: ORDERS.includes(sort) ? sort : 'best',
    picture: said.get('picture'),
  };
}

/** @param {Place} place */
export function addressOf({ q, sort, picture }) {
  const said = new URLSearchParams({
    ...(q.trim() !== '' && { q }),
    ...(q.trim() !== '' && sort !== 'best' && { sort }),
    ...(picture !== null && { picture }),
  });
  return said.size === 0 ? '/' : `/?${said}`;
}

/** Whether the address asks for the console (`#console`). */
export const isConsoleAddress = () => location.hash === '#console';

/** The address of the console, over the page that is there. */
export const consoleAddress = () => `${location.pathname}${location.search}#console`;
