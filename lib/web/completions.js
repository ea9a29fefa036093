// @ts-check
import { completeWord, knownKey } from './api.js';
import { element } from './element.js';

const WAIT_MS = 150;
const SHORTEST = 2;

/**
 * Offers words of the tenant's pictures for the last word that is being typed.
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list a datalist that the input names
 */
export function offerCompletions(input, list) {
  let current = new AbortController();
  input.addEventListener('input', () => {
    current.abort();
    current = new AbortController();
    const { signal } = current;
    const [, before = '', word = ''] = /^(.*?)([\p{L}\p{N}]*)$/su.exec(input.value) ?? [];
    if (word.length < SHORTEST || knownKey() === null) return list.replaceChildren();
    setTimeout(async () => {
      if (signal.aborted) return;
      try {
        const words = await completeWord(word, signal);
        list.replaceChildren(...words.map((found) => element('option', { value: before + found.word })));
      } catch {
        list.replaceChildren(); // an offer that does not come is no problem of the person who types
      }
    }, WAIT_MS);
  });
}
