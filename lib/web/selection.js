// @ts-check
import { counted, element, elementById } from './element.js';
import { tagForm, tagPictures } from './tagging.js';

/**
 * What selecting knows of a picture.
 * @typedef {{ id: string, name: string }} Selected
 */

const answer = elementById('answer', HTMLElement);
const bar = elementById('selection', HTMLElement);

/** @type {Map<string, Selected>} */
const selected = new Map();
/** Where a range begins: the tile that was chosen last. @type {string | undefined} */
let anchor;
/** @type {(pictures: readonly Selected[]) => void} */
let onDelete = () => undefined;
/** @type {(pictures: readonly Selected[], tell: (text: string) => void) => Promise<void>} */
let onDownload = () => Promise.resolve();

const tiles = () => [
  .../** @type {NodeListOf<HTMLElement>} */ (answer.querySelectorAll('.tile:not([hidden])')),
];
/** @param {HTMLElement} tile @returns {Selected} */
const pictureOf = ({ dataset }) => ({ id: dataset['id'] ?? '', name: dataset['name'] ?? '' });

/**
 * The button of a tile that selects its picture.
 * @param {Selected} picture
 */
export function pickButton({ id, name }) {
  const button = element('button', { type: 'button', className: 'pick', ariaLabel: `Select ${name}` });
  button.ariaPressed = String(selected.has(id));
  return button;
}

/**
 * Lets people select tiles: by their buttons, with Shift from the last one on, with X where the keyboard is, and by a click on the
 * picture as long as something is selected. Escape ends it.
 * @param {{ onDelete: typeof onDelete, onDownload: typeof onDownload }} actions
 */
export function offerSelection(actions) {
  ({ onDelete, onDownload } = actions);
  answer.addEventListener(
    'click',
    (event) => {
      const target = /** @type {Element} */ (event.target);
      const tile = /** @type {HTMLElement | null} */ (target.closest('.tile'));
      const isPick = target.closest('.pick') !== null;
      if (!tile || !(isPick || (selected.size > 0 && target.closest('.open')))) return;
      event.preventDefault();
      event.stopPropagation();
      pick(tile, event.shiftKey);
    },
    { capture: true },
  );
  answer.addEventListener('keydown', (event) => {
    const tile = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('.tile'));
    if (tile && event.key.toLowerCase() === 'x' && !event.ctrlKey && !event.metaKey && !event.altKey)
      pick(tile, event.shiftKey);
  });
  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && selected.size > 0 && !document.querySelector('dialog[open]')) clearSelection();
  });
}

/** @param {HTMLElement} tile @param {boolean} isRange */
function pick(tile, isRange) {
  const all = tiles();
  const from = isRange ? all.findIndex(({ dataset }) => dataset['id'] === anchor) : -1;
  const { id } = pictureOf(tile);
  if (from >= 0) {
    const to = all.indexOf(tile);
    for (const one of all.slice(Math.min(from, to), Math.max(from, to) + 1)) select(pictureOf(one));
  } else if (selected.has(id)) selected.delete(id);
  else select(pictureOf(tile));
  anchor = id;
  show();
}

/** @param {Selected} picture */
const select = (picture) => selected.set(picture.id, picture);

export function clearSelection() {
  selected.clear();
  anchor = undefined;
  show();
}

/** @param {string} [told] what came of the last action */
function show(told) {
  for (const tile of tiles()) {
    const button = tile.querySelector('.pick');
    if (button) button.ariaPressed = String(selected.has(pictureOf(tile).id));
  }
  answer.classList.toggle('selecting', selected.size > 0);
  bar.hidden = selected.size === 0;
  if (selected.size === 0) return;
  const line = element('span', { role: 'status' }, told ?? `${counted(selected.size, 'picture')} selected`);
  /** @param {string} text @param {() => void} onclick @param {string} [needs] */
  const action = (text, onclick, needs) => {
    const button = element('button', { type: 'button', className: 'link', onclick }, text);
    if (needs !== undefined) button.dataset['needs'] = needs;
    return button;
  };
  const download = action('Download', () => {
    download.disabled = true;
    void onDownload([...selected.values()], (text) => (line.textContent = text)).finally(
      () => (download.disabled = false),
    );
  });
  bar.replaceChildren(
    line,
    download,
    action('Add a tag…', () => askForTag(), 'upload'),
    action(
      'Delete',
      () => {
        const pictures = [...selected.values()];
        clearSelection();
        onDelete(pictures);
      },
      'delete',
    ),
    action('Clear', clearSelection),
  );
}

/** In the place of the actions, until a tag is written or Escape is pressed. */
function askForTag() {
  const line = element('span', { role: 'status' }, `${counted(selected.size, 'picture')} selected`);
  const { form, input } = tagForm(async (tag) => {
    input.disabled = true;
    const pictures = [...selected.values()];
    const came = await tagPictures(pictures, tag);
    if (selected.size > 0) show(came);
  });
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    show();
  });
  const back = element('button', { type: 'button', className: 'link', onclick: () => show() }, 'Back');
  bar.replaceChildren(line, form, back);
  input.focus();
}
