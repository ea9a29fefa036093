// @ts-check
import { Problem } from '../api.js';
import { element } from '../element.js';
import { isOfKey } from '../key-form.js';
import { actionButton, problemText } from './action.js';

/** @typedef {{ root: HTMLElement, refresh: () => Promise<void> }} Panel */

let panels = 0;

/**
 * A part of the console under a title, which asks for what it shows. What was there stays, faded, until the answer is there.
 * @param {string} title
 * @param {() => Promise<readonly (Node | string)[]>} load
 * @param {(problem: Problem) => void} onKeyProblem hears that the key opens nothing any more
 * @returns {Panel}
 */
export function createPanel(title, load, onKeyProblem) {
  const id = `panel-${(panels += 1)}`;
  const heading = element('h3', { id, tabIndex: -1 }, title);
  const body = element('div', {}, element('p', { className: 'hint waiting' }, 'Asking …'));
  const root = element('section', { className: 'card' }, heading, body);
  root.setAttribute('aria-labelledby', id);
  return { root, refresh };

  async function refresh() {
    body.ariaBusy = 'true';
    const hadFocus = body.contains(document.activeElement);
    try {
      body.replaceChildren(...(await load()));
    } catch (error) {
      if (error instanceof Problem && isOfKey(error)) return onKeyProblem(error);
      const again = actionButton('Try again', refresh, { label: `Try again: ${title}` });
      body.replaceChildren(element('p', { className: 'problem', role: 'alert' }, problemText(error)), again);
    } finally {
      body.ariaBusy = 'false';
    }
    // The keyboard goes on at the title when what it was at is gone.
    if (hadFocus && !body.contains(document.activeElement)) heading.focus();
  }
}

/** @param {string} text */
export const emptyLine = (text) => element('p', { className: 'hint' }, text);

/**
 * One of several things: what it is called, what is known of it, and what can be done.
 * @param {(Node | string)[]} name
 * @param {readonly string[]} facts
 * @param {readonly Node[]} actions
 * @param {...Node} more below
 */
export const recordItem = (name, facts, actions, ...more) =>
  element(
    'li',
    { className: 'record' },
    element(
      'div',
      {},
      element('p', {}, ...name),
      ...facts.map((fact) => element('p', { className: 'hint' }, fact)),
    ),
    element('div', { className: 'acts' }, ...actions),
    ...more,
  );
