// @ts-check
import { getImage } from './api.js';
import { counted, element } from './element.js';
import { fillFrame } from './picture.js';
import { tileOf } from './results.js';

/** @import { Image, ShownImage } from '../api/images/image.ts' */

/**
 * How the pictures of a page stand, in one sentence.
 * @param {readonly Image[]} images
 * @param {boolean} more whether there are others
 */
export function standing(images, more) {
  if (images.length === 0) return 'No pictures yet. Add some, or drop them anywhere on this page.';
  /** @param {(image: Image) => boolean} test */
  const count = (test) => images.filter(test).length;
  const inWork = count(({ status }) => status === 'received' || status === 'described');
  const parts = [
    `${more ? 'The first ' : ''}${counted(
      count(({ status }) => status !== 'failed'),
      'picture',
    )}`,
  ];
  if (inWork > 0) parts.push(`${inWork} being looked at`);
  return parts.join(', ');
}

/**
 * The pictures that cannot be found, with the reason why.
 * @param {readonly Image[]} images
 */
export function failures(images) {
  const failed = images.filter(({ status }) => status === 'failed');
  return element(
    'details',
    { className: 'failures', hidden: failed.length === 0 },
    element('summary', {}, `${counted(failed.length, 'picture')} could not be taken in`),
    element(
      'ul',
      {},
      ...failed.map(({ name, failure }) =>
        element('li', {}, element('b', {}, name), ` ${failure?.reason ?? 'no reason is known'}`),
      ),
    ),
  );
}

/**
 * Pictures without a query, newest first. Each asks for its address and words as it comes near the screen, since a
 * list holds neither.
 * @param {readonly Image[]} images
 * @param {{ open: (image: Image) => void, onDetail: (detail: ShownImage) => void }} actions
 */
export function imageGrid(images, { open, onDetail }) {
  const tiles = new Map(
    images
      .filter(({ status }) => status !== 'failed')
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
