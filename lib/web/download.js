// @ts-check
import { getImage } from './api.js';
import { counted, element } from './element.js';

/** @import { Selected } from './selection.js' */

/**
 * Saves the originals of pictures, one after the other, under their file names.
 * @param {readonly Selected[]} pictures
 * @param {(text: string) => void} tell hears how far it is, and at the end what did not come
 */
export async function downloadPictures(pictures, tell) {
  const missing = [];
  for (const [i, { id, name }] of pictures.entries()) {
    tell(`Downloading ${i + 1} of ${pictures.length}`);
    try {
      const { url } = await getImage(id);
      const response = url === undefined ? undefined : await fetch(url);
      if (!response?.ok) throw new Error(name);
      save(await response.blob(), name.split('/').at(-1) ?? name);
    } catch {
      missing.push(name);
    }
  }
  const done = `${counted(pictures.length - missing.length, 'picture')} downloaded`;
  tell(missing.length === 0 ? done : `${done}; not here: ${missing.join(', ')}`);
}

/** @param {Blob} blob @param {string} download */
function save(blob, download) {
  const href = URL.createObjectURL(blob);
  element('a', { href, download }).click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
