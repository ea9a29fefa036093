// @ts-check
import { deleteImage } from './api.js';
import { element, elementById } from './element.js';

/** @import { Picture } from './api.js' */

/** How long a deletion can be taken back. */
const UNDO_MS = 7_000;

const notices = elementById('notices', HTMLElement);

/** What is sent when the time is over, by the id of the picture. @type {Map<string, () => Promise<void>>} */
const waiting = new Map();

/** Whether a picture is shown no more, though it can still be taken back. @param {string} id */
export const isLeaving = (id) => waiting.has(id);

/**
 * Deletes a picture in some seconds, and offers to take that back until then. Whoever leaves the page means it.
 * @param {Picture} picture
 * @param {{ onUndone: () => void, onDeleted: () => void, onProblem: (message: string) => void }} context
 */
export function deleteSoon(picture, { onUndone, onDeleted, onProblem }) {
  const undo = element('button', { type: 'button', className: 'link' }, 'Undo');
  const notice = element('div', { className: 'notice' }, `${picture.name} is deleted. `, undo);
  notices.append(notice);
  const timer = setTimeout(() => void send(), UNDO_MS);
  waiting.set(picture.id, send);
  undo.onclick = () => {
    end();
    onUndone();
  };

  function end() {
    clearTimeout(timer);
    waiting.delete(picture.id);
    notice.remove();
  }
  async function send() {
    clearTimeout(timer);
    notice.remove();
    try {
      await deleteImage(picture.id);
      waiting.delete(picture.id);
      onDeleted();
    } catch (error) {
      waiting.delete(picture.id);
      onProblem(error instanceof Error ? error.message : String(error));
    }
  }
}

addEventListener('pagehide', () => {
  for (const send of waiting.values()) void send();
});
