// @ts-check
import { element } from '../element.js';
import { actionButton } from './action.js';

/**
 * A list that comes in pages: the first one, and a button for the next as long as there is one.
 * @template T
 * @param {HTMLElement} list
 * @param {(cursor?: string) => Promise<{ items: readonly T[], cursor?: string | undefined }>} bring
 * @param {(item: T) => Node} show
 * @param {{ into?: HTMLElement, empty: Node, what: string }} how where the items go, what stands there when there are none, and what they are
 * @returns {Promise<Node[]>}
 */
export async function pagedList(list, bring, show, { into = list, empty, what }) {
  let { items, cursor } = await bring();
  if (items.length === 0 && cursor === undefined) return [empty];
  into.replaceChildren(...items.map(show));
  const more = actionButton(`Show more ${what}`, async () => {
    ({ items, cursor } = await bring(cursor));
    into.append(...items.map(show));
    more.hidden = cursor === undefined;
  });
  more.hidden = cursor === undefined;
  return [list, element('p', { className: 'after' }, more)];
}
