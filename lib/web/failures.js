// @ts-check
import { deleteImages, listFailed, retryImage } from './api.js';
import { counted, element } from './element.js';
import { follow } from './following.js';

/** @import { Image } from '../api/images/image.ts' */
/** @import { Asked } from './following.js' */

/**
 * The pictures that cannot be found, with the reason why and what can be done. The list stays the same one on the page, and open where it
 * was opened.
 * @param {() => void} onSearchable called when a picture that was tried again can be found
 */
export function createFailures(onSearchable) {
  const summary = element('summary');
  const list = element('ul');
  const more = element('p', { className: 'hint' });
  const root = element('details', { className: 'failures', hidden: true }, summary, list, more);
  /** What was tried again and is under way, by id. @type {Map<string, Image>} */
  const retried = new Map();
  let asked = 0;
  return { root, refresh };

  /** Asks which have failed, and shows them. A question that is not answered changes nothing: the page says itself where nothing comes. */
  async function refresh() {
    const mine = (asked += 1);
    const answer = await listFailed().catch(() => undefined);
    if (!answer || mine !== asked) return;
    const { images, isAll } = answer;
    const failed = images.filter(({ id }) => !retried.has(id));
    summary.textContent = [
      ...(failed.length > 0 ? [`${counted(failed.length, 'picture')} could not be taken in`] : []),
      ...(retried.size > 0 ? [`${counted(retried.size, 'picture')} being tried again`] : []),
    ].join(', ');
    list.replaceChildren(...failed.map(failureOf), ...[...retried.values()].map(waitingOf));
    more.textContent = isAll ? '' : 'There may be more: “gloss list --status failed” has all.';
    root.hidden = failed.length + retried.size === 0;
  }

  /** @param {Image} image */
  function failureOf(image) {
    const { id, name, failure } = image;
    const problem = element('span', { className: 'problem', role: 'alert' });
    const again = action('Try again', 'upload', `Try again: ${name}`, () => retry(image));
    const remove = action('Delete', 'delete', `Delete ${name}`, () => deleteImages([id]));
    return element(
      'li',
      {},
      element('b', {}, name),
      ` ${failure?.reason ?? 'no reason is known'} `,
      ...(failure?.retryable ? [again, ' '] : []),
      remove,
      ' ',
      problem,
    );

    /** @param {string} text @param {string} needs @param {string} ariaLabel @param {() => Promise<unknown>} act */
    function action(text, needs, ariaLabel, act) {
      const button = element('button', { type: 'button', className: 'link', ariaLabel }, text);
      button.dataset['needs'] = needs;
      button.onclick = () => {
        button.disabled = true;
        act().then(
          async () => {
            await refresh();
            // The keyboard goes on at the list when its button is gone.
            if (document.activeElement === document.body) summary.focus();
          },
          (error) => {
            button.disabled = false;
            problem.textContent = error instanceof Error ? error.message : String(error);
          },
        );
      };
      return button;
    }
  }

  /** @param {Image} image */
  async function retry(image) {
    const { sequencer } = await retryImage(image.id);
    retried.set(image.id, image);
    const settle = (/** @type {readonly Asked[]} */ settled = []) => {
      retried.delete(image.id);
      void refresh();
      if (settled.some(({ status }) => status === 'searchable')) onSearchable();
    };
    void follow(new Map([[image.id, sequencer]]), settle).catch(() => settle());
  }

  /** @param {Image} image */
  function waitingOf({ name }) {
    return element('li', {}, element('b', {}, name), ' is being looked at again');
  }
}
