// @ts-check
import { element } from '../element.js';

/**
 * A secret in the open, to be copied, until somebody says that they have it.
 * @param {string} title
 * @param {string} secret
 * @param {{ hint: string, close: string }} said what to know of it, and the button that takes it away
 */
export function shownSecret(title, secret, { hint, close }) {
  const value = element('input', { type: 'text', readOnly: true, value: secret, ariaLabel: title, size: 40 });
  value.onfocus = () => value.select();
  const told = element('span', { className: 'hint', role: 'status' });
  const copy = element('button', { type: 'button', className: 'button' }, 'Copy');
  copy.onclick = () => {
    // Without https there is no clipboard, and a person copies what is selected.
    const copied = navigator.clipboard?.writeText(secret) ?? Promise.reject(new Error('no clipboard'));
    copied.then(
      () => (told.textContent = 'Copied.'),
      () => {
        value.focus();
        told.textContent = 'It is selected: copy it with the keyboard.';
      },
    );
  };
  const done = element(
    'button',
    { type: 'button', className: 'button', onclick: () => root.remove() },
    close,
  );
  const root = element(
    'div',
    { className: 'secret', role: 'group', ariaLabel: title },
    element('p', {}, element('b', {}, title)),
    element('p', { className: 'hint' }, hint),
    value,
    element('span', { className: 'acts' }, copy, done, told),
  );
  return { root, focus: () => copy.focus() };
}
