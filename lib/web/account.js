// @ts-check
import { keepKey, knownKey, whoIs } from './api.js';
import { element, elementById } from './element.js';

/** @import { Me } from './api.js' */

const line = elementById('account', HTMLElement);
const question = elementById('swap-form', HTMLFormElement);
const accounts = elementById('swap-accounts', HTMLElement);

/** @param {Me | undefined} me */
const nameOf = (me) => (me === undefined ? 'a key that opens nothing' : me.tenant);

let shown = '';

/** Says in the footer whose pictures these are. @param {() => void} onSignOut */
export async function showAccount(onSignOut) {
  const key = knownKey();
  if (key === null) {
    line.textContent = '';
    shown = '';
    delete document.body.dataset['scopes'];
  }
  if (key === null || key === shown) return;
  const me = await whoIs(key);
  if (me === undefined || key !== knownKey()) return;
  shown = key;
  // What a key may not do is not offered.
  document.body.dataset['scopes'] = me.scopes.join(' ');
  const signOut = element('button', { type: 'button', className: 'link', onclick: onSignOut }, 'Sign out');
  const by = me.keyId === undefined ? 'by a token' : `with the key ${me.keyId}`;
  line.replaceChildren('Pictures of ', element('b', {}, me.tenant), `, ${by}. `, signOut);
}

/**
 * Takes the key of a link, unless this tab holds another: then the person says which one goes on.
 * @param {string} key
 * @param {() => void} onDecided
 */
export function takeKeyOfLink(key, onDecided) {
  const held = knownKey();
  if (held === null || held === key) {
    keepKey(key);
    return onDecided();
  }
  accounts.textContent = 'This tab is open as another account than the link.';
  question.hidden = false;
  void Promise.all([whoIs(held), whoIs(key)]).then(([now, other]) => {
    accounts.replaceChildren(
      'This tab is open as ',
      element('b', {}, nameOf(now)),
      '; the link opens as ',
      element('b', {}, nameOf(other)),
      '.',
    );
  });
  question.onsubmit = (event) => {
    event.preventDefault();
    if (event.submitter?.id === 'swap') keepKey(key);
    question.hidden = true;
    question.onsubmit = null;
    onDecided();
  };
  elementById('stay', HTMLButtonElement).focus();
}
