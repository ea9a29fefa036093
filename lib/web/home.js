// @ts-check
import { getImage } from './api.js';
import { counted, element } from './element.js';
import { fillFrame } from './picture.js';
import { tileOf } from './results.js';
import { waitingGroups } from './waiting.js';

/** @import { Image, ShownImage } from '../api/images/image.ts' */

/** @param {Image} image */
export const isInWork = ({ status }) => status === 'received' || status === 'described';

/**
 * How the pictures of a tenant stand, in one sentence.
 * @param {number} found that can be found
 * @param {readonly Image[]} images the first ones
 */
export function standing(found, images) {
  if (found === 0 && images.length === 0)
    return 'No pictures yet. Add some, or drop them anywhere on this page.';
  const inWork = images.filter(isInWork).length;
  const waiting = images.filter(({ status }) => status === 'waiting').length;
  return [
    counted(found, 'picture'),
    ...(inWork > 0 ? [`${inWork} being looked at`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
  ].join(', ');
}

/** Why pictures wait, a line for each reason. @param {readonly Image[]} images */
export const waitingLines = (images) =>
  waitingGroups(images).map(({ count, text }) =>
    element('p', { className: 'hint' }, `${counted(count, 'picture')} waiting: ${text}`),
  );

/**
 * Pictures as a list has them, without addresses and words: each asks for its own as it comes near the screen.
 * @param {readonly Image[]} images
 * @param {{ open: (image: Image) => void, onDetail: (detail: ShownImage) => void }} actions
 */
export function imageGrid(images, { open, onDetail }) {
  const tiles = new Map(
    images
      .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
      .map((image) => [tileOf(image, image.name, () => open(image)), image]),
  );
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const tile = /** @type {HTMLLIElement} */ (target);
        const image = tiles.get(tile);
        if (!isIntersecting || !image) continue;
        near.unobserve(tile);
        // A picture that went meanwhile leaves its name.
        getImage(image.id).then(
          (detail) => show(tile, detail),
          () => undefined,
        );
      }
    },
    { rootMargin: '400px' },
  );
  for (const tile of tiles.keys()) near.observe(tile);
  return element('ol', { className: 'grid' }, ...tiles.keys());

  /** @param {HTMLLIElement} tile @param {ShownImage} detail */
  function show(tile, detail) {
    onDetail(detail);
    const frame = /** @type {HTMLElement} */ (tile.querySelector('.frame'));
    const alt = detail.gloss?.views[0]?.caption ?? '';
    if (detail.thumbnailUrl === undefined) return;
    frame.replaceChildren();
    fillFrame(frame, detail, { src: detail.thumbnailUrl, alt });
  }
}
