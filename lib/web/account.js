// @ts-check
import { keepKey, knownKey, whoIs } from './api.js';
import { element, elementById } from './element.js';
import { isOfKey } from './key-form.js';

/** @import { Problem } from './api.js' */

const line = elementById('account', HTMLElement);
const question = elementById('swap-form', HTMLFormElement);
const accounts = elementById('swap-accounts', HTMLElement);

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
  const { me } = await whoIs(key);
  if (me === undefined || key !== knownKey()) return;
  shown = key;
  // What a key may not do is not offered.
  document.body.dataset['scopes'] = me.scopes.join(' ');
  const signOut = element('button', { type: 'button', className: 'link', onclick: onSignOut }, 'Sign out');
  const by = me.keyId === undefined ? 'by a token' : `with the key ${me.keyId}`;
  if (me.scopes.includes('operator'))
    line.replaceChildren('Open as ', element('b', {}, me.tenant), '. ', signOut);
  else line.replaceChildren('Pictures of ', element('b', {}, me.tenant), `, ${by}. `, signOut);
}

/**
 * Takes the key of a link, unless this tab holds another that opens: then the person says which one goes on.
 * @param {string} key
 * @param {() => void} onDecided
 * @param {(problem: Problem, account: string) => void} onRefused hears that the link opens nothing, and whose pictures stay open
 */
export async function takeKeyOfLink(key, onDecided, onRefused) {
  const held = knownKey();
  const [now, other] = held === null || held === key ? [] : await Promise.all([whoIs(held), whoIs(key)]);
  if (!now?.me) {
    keepKey(key);
    return onDecided();
  }
  if (other?.problem && isOfKey(other.problem)) return onRefused(other.problem, now.me.tenant);
  accounts.replaceChildren(
    'This tab is open as ',
    element('b', {}, now.me.tenant),
    '; the link opens as ',
    element('b', {}, other?.me?.tenant ?? 'an account that the service does not tell now'),
    '.',
  );
  question.hidden = false;
  question.onsubmit = (event) => {
    event.preventDefault();
    if (event.submitter?.id === 'swap') keepKey(key);
    question.hidden = true;
    question.onsubmit = null;
    onDecided();
  };
  elementById('stay', HTMLButtonElement).focus();
}
