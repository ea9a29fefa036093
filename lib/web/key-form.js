// @ts-check
import { element, elementById } from './element.js';

/** @import { Problem } from './api.js' */
/** @typedef {'none' | 'link' | 'typed' | 'kept'} KeySource where the key comes from that does not open */

const form = elementById('key-form', HTMLFormElement);
const title = elementById('key-title', HTMLElement);
const problemLine = elementById('key-problem', HTMLElement);
const advice = elementById('key-advice', HTMLElement);
const input = elementById('key', HTMLInputElement);
const stay = elementById('key-stay', HTMLButtonElement);

/** As lib/adapters/dynamo-api-keys.ts makes them: `gls_` and 32 more. */
const KEY_CHARS = 36;

const TITLES = {
  none: 'Your key',
  link: 'The key of this link does not open',
  typed: 'This key does not open',
  kept: 'Your key does not open any more',
};
const WAYS = {
  none: 'Pictures belong to whoever holds their key. Type yours, or open the link that came with it.',
  link: 'Ask whoever gave you the link for a new one, or type another key.',
  typed: 'Type it again, or another one.',
  kept: 'Ask whoever gave it to you for another one, and type that.',
};

/** Whether a key is the reason for a problem, so that another one helps. @param {Problem} problem */
export const isOfKey = ({ status, place: { code = '' } }) => status === 401 || code === 'tenant_suspended';

/** @param {(key: string) => void} onKey hears each key that is typed */
export function offerKeyForm(onKey) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const key = input.value.trim();
    input.value = '';
    form.hidden = true;
    onKey(key);
  });
  stay.addEventListener('click', hideKeyForm);
}

export function hideKeyForm() {
  form.hidden = true;
}

/**
 * Asks for a key, and says what is wrong with the one before.
 * @param {KeySource} source
 * @param {{ key?: string | null, problem?: string, account?: string }} [said] what does not open and why, and whose pictures stay open
 */
export function askForKey(source, { key, problem = '', account } = {}) {
  title.textContent = TITLES[source];
  problemLine.textContent = problem === '' ? '' : `${problem[0]?.toUpperCase()}${problem.slice(1)}.`;
  const isCutOff = key?.startsWith('gls_') && key.length < KEY_CHARS;
  advice.replaceChildren(
    ...(isCutOff
      ? [`It has ${key?.length} characters, and a key has ${KEY_CHARS}: it may have been cut off. `]
      : []),
    WAYS[source],
    ...(account === undefined ? [] : [' Until then the page stays open as ', element('b', {}, account), '.']),
  );
  stay.hidden = account === undefined;
  stay.textContent = `Stay as ${account}`;
  form.hidden = false;
  input.focus();
}
