// @ts-check
import { deleteImages } from './api.js';
import { element, elementById } from './element.js';

/** @import { Picture } from './api.js' */
/** @typedef {Pick<Picture, 'id' | 'name'>} Going */

/** How long a deletion can be taken back. */
const UNDO_MS = 7_000;
/** Pictures that one request deletes at most. */
const PICTURES_PER_REQUEST = 100;

const notices = elementById('notices', HTMLElement);

/** What is sent when the time is over, by the id of the picture. @type {Map<string, () => Promise<void>>} */
const waiting = new Map();

/** Whether a picture is shown no more, though it can still be taken back. @param {string} id */
export const isLeaving = (id) => waiting.has(id);

/**
 * Deletes pictures in some seconds, and offers to take that back until then. Whoever leaves the page means it.
 * @param {readonly Going[]} pictures
 * @param {{ onUndone: () => void, onDeleted: (ids: readonly string[]) => void,
 *   onProblem: (pictures: readonly Going[], message: string) => void }} context
 */
export function deleteSoon(pictures, { onUndone, onDeleted, onProblem }) {
  const undo = element('button', { type: 'button', className: 'link' }, 'Undo');
  const [first] = pictures;
  const text =
    pictures.length === 1 ? `${first?.name} is deleted. ` : `${pictures.length} pictures are deleted. `;
  const notice = element('div', { className: 'notice' }, text, undo);
  notices.append(notice);
  const timer = setTimeout(() => void send(1), UNDO_MS);
  const leave = () => send(Infinity);
  for (const { id } of pictures) waiting.set(id, leave);
  undo.onclick = () => {
    clearTimeout(timer);
    for (const { id } of pictures) waiting.delete(id);
    notice.remove();
    onUndone();
  };

  /** @param {number} atOnce requests at a time: a page that is left has no time for one after the other */
  async function send(atOnce) {
    clearTimeout(timer);
    notice.remove();
    const left = Array.from({ length: Math.ceil(pictures.length / PICTURES_PER_REQUEST) }, (_, i) =>
      pictures.slice(i * PICTURES_PER_REQUEST, (i + 1) * PICTURES_PER_REQUEST),
    );
    /** @type {string[]} */
    const deleted = [];
    const work = async () => {
      for (let part = left.shift(); part; part = left.shift()) {
        const ids = part.map(({ id }) => id);
        try {
          await deleteImages(ids);
          deleted.push(...ids);
        } catch (error) {
          onProblem(part, error instanceof Error ? error.message : String(error));
        }
        for (const id of ids) waiting.delete(id);
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, left.length) }, work));
    if (deleted.length > 0) onDeleted(deleted);
  }
}

addEventListener('pagehide', () => {
  for (const send of new Set(waiting.values())) void send();
});
