// @ts-check
import { element } from './element.js';

/** @import { Box, Picture } from './api.js' */

/**
 * A place that keeps the shape of a picture before and after it is loaded. A picture that cannot be shown leaves its
 * name.
 * @param {Picture} picture
 * @param {{ src: string | undefined, alt: string, lazy?: boolean }} image
 */
export function pictureFrame(picture, { src, alt, lazy = false }) {
  const frame = element('span', { className: 'frame' });
  shapeFrame(frame, picture);
  if (src === undefined) frame.append(nameOf(picture));
  else fillFrame(frame, picture, { src, alt, lazy });
  return frame;
}

/** @param {HTMLElement} frame @param {Pick<Picture, 'widthPx' | 'heightPx'>} picture */
export function shapeFrame(frame, { widthPx = 4, heightPx = 3 }) {
  frame.style.setProperty('--shape', String(widthPx / heightPx));
  frame.style.aspectRatio = `${widthPx} / ${heightPx}`;
}

/**
 * Where all pictures of a grid are squares: the part to show of one, around the middle of a box.
 * @param {HTMLElement} frame
 * @param {Box} box
 * @param {Picture} picture
 */
export function centreFrame(frame, { left, top, width, height }, { widthPx = 1, heightPx = 1 }) {
  frame.style.setProperty('--centre-x', String((left + width / 2) / widthPx));
  frame.style.setProperty('--centre-y', String((top + height / 2) / heightPx));
}

/**
 * @param {HTMLElement} frame
 * @param {Picture} picture
 * @param {{ src: string, alt: string, lazy?: boolean }} image
 */
export function fillFrame(frame, picture, { src, alt, lazy = false }) {
  const img = element('img', {
    alt: alt || picture.name,
    decoding: 'async',
    loading: lazy ? 'lazy' : 'eager',
  });
  img.onerror = () => {
    const { thumbnailUrl } = picture;
    // Browsers cannot show every format that is taken in (TIFF, raw files), but every thumbnail.
    if (thumbnailUrl !== undefined && img.src !== thumbnailUrl) img.src = thumbnailUrl;
    else img.replaceWith(nameOf(picture));
  };
  img.src = src;
  frame.prepend(img);
}

/** @param {Picture} picture */
const nameOf = (picture) => element('span', { className: 'no-picture' }, picture.name);

/**
 * Lays a view's box, given in source pixels, over a frame, whatever size it has on the screen.
 * @param {HTMLElement} mark
 * @param {Box} box
 * @param {Picture} picture
 */
export function placeBox(mark, box, { widthPx = 1, heightPx = 1 }) {
  mark.style.left = `${(100 * box.left) / widthPx}%`;
  mark.style.top = `${(100 * box.top) / heightPx}%`;
  mark.style.width = `${(100 * box.width) / widthPx}%`;
  mark.style.height = `${(100 * box.height) / heightPx}%`;
}

/**
 * Where a box lies, in words.
 * @param {Box} box
 * @param {Picture} picture
 */
export function placeName(box, { widthPx = 1, heightPx = 1 }) {
  if (box.width >= widthPx && box.height >= heightPx) return 'Whole picture';
  const column = third((box.left + box.width / 2) / widthPx, ['left', '', 'right']);
  const row = third((box.top + box.height / 2) / heightPx, ['top', '', 'bottom']);
  const name = `${row} ${column}`.trim() || 'centre';
  return name[0]?.toUpperCase() + name.slice(1);
}

/** @param {number} share @param {[string, string, string]} names */
const third = (share, names) => names[share < 0.4 ? 0 : share > 0.6 ? 2 : 1];
