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

/** Requests at a time. */
const AT_ONCE = 4;

/**
 * Deletes pictures in some seconds, and offers to take that back until then. Whoever leaves the page means it.
 * @param {readonly Pick<Picture, 'id' | 'name'>[]} pictures
 * @param {{ onUndone: () => void, onDeleted: (ids: readonly string[]) => void,
 *   onProblem: (picture: Pick<Picture, 'id' | 'name'>, message: string) => void }} context
 */
export function deleteSoon(pictures, { onUndone, onDeleted, onProblem }) {
  const undo = element('button', { type: 'button', className: 'link' }, 'Undo');
  const [first] = pictures;
  const text =
    pictures.length === 1 ? `${first?.name} is deleted. ` : `${pictures.length} pictures are deleted. `;
  const notice = element('div', { className: 'notice' }, text, undo);
  notices.append(notice);
  const timer = setTimeout(() => void send(AT_ONCE), UNDO_MS);
  const leave = () => send(pictures.length);
  for (const { id } of pictures) waiting.set(id, leave);
  undo.onclick = () => {
    clearTimeout(timer);
    for (const { id } of pictures) waiting.delete(id);
    notice.remove();
    onUndone();
  };

  /** @param {number} atOnce */
  async function send(atOnce) {
    clearTimeout(timer);
    notice.remove();
    const left = [...pictures];
    /** @type {string[]} */
    const deleted = [];
    const work = async () => {
      for (let picture = left.shift(); picture; picture = left.shift()) {
        const { id } = picture;
        try {
          await deleteImage(id);
          deleted.push(id);
        } catch (error) {
          onProblem(picture, error instanceof Error ? error.message : String(error));
        }
        waiting.delete(id);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    if (deleted.length > 0) onDeleted(deleted);
  }
}

addEventListener('pagehide', () => {
  for (const send of new Set(waiting.values())) void send();
});
