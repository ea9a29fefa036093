// @ts-check
import { getImage } from './api.js';
import { element, elementById } from './element.js';

/** @import { ShownImage } from '../api/images/image.ts' */

const footer = elementById('origin', HTMLElement);
/** As infra/local/embedded-servers.ts names it. */
const EMBEDDED_DETECTOR = 'embedded-detector';

let known = '';

/**
 * Says in the footer which model wrote the words. Hits do not name it, so one image is asked for the first time.
 * @param {ShownImage | string} image what is known of an image, or its id
 */
export async function rememberModel(image) {
  if (known !== '' && typeof image === 'string') return;
  // A footer is not worth an error on the page: the next picture will tell.
  const detail = typeof image === 'string' ? await getImage(image).catch(() => undefined) : image;
  const model = detail?.gloss?.model;
  if (model === undefined || model === known) return;
  known = model;
  const parts = [element('p', {}, 'Words written by ', element('b', {}, model), '.')];
  if (model === EMBEDDED_DETECTOR) {
    parts.push(
      element(
        'p',
        {},
        'It knows 1,000 classes of things and eleven colours, and is no captioner. What it says is “perhaps” there may be something else.',
      ),
    );
  }
  footer.replaceChildren(...parts);
}
