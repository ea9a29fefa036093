// @ts-check
import { deleteImage, getImage } from './api.js';
import { element, elementById } from './element.js';
import { fillFrame, pictureFrame, placeBox, placeName } from './picture.js';

/** @import { ShownImage } from '../api/images/image.ts' */
/** @import { Hit, Picture, View } from './api.js' */

const dialog = elementById('viewer', HTMLDialogElement);
dialog.addEventListener('click', ({ target }) => {
  if (target === dialog) dialog.close(); // the backdrop: everything else is inside the panel
});

/**
 * Shows a picture large, with each view that the model was shown and what it wrote about it.
 * @param {Picture} picture
 * @param {{ hit?: Hit, onDetail: (detail: ShownImage) => void, onDeleted: () => void }} context
 */
export async function openViewer(picture, { hit, onDetail, onDeleted }) {
  const alt = hit?.views[0]?.caption ?? picture.name;
  const frame = pictureFrame(picture, { src: picture.thumbnailUrl, alt });
  const shape = (picture.widthPx ?? 4) / (picture.heightPx ?? 3);
  frame.style.setProperty('--shape', String(shape));
  const views = element('ul', { className: 'views' });
  const problem = element('p', { className: 'problem', role: 'alert' });
  const close = element('button', {
    type: 'button',
    className: 'close',
    ariaLabel: 'Close',
    textContent: '×',
    onclick: () => dialog.close(),
  });
  dialog.replaceChildren(
    close,
    element(
      'div',
      { className: 'panel' },
      element('div', { className: 'stage' }, frame),
      element(
        'div',
        { className: 'words' },
        element('h2', { id: 'viewer-title' }, picture.name),
        ...(hit ? [scoreLine(hit)] : []),
        problem,
        views,
        deleteButton(picture, problem, onDeleted),
      ),
      close,
    ),
  );
  if (!dialog.open) dialog.showModal();
  try {
    const detail = await getImage(picture.id);
    if (!frame.isConnected) return; // another picture was opened meanwhile
    onDetail(detail);
    if (detail.url !== undefined) {
      const large = element('img', { src: detail.url });
      // The thumbnail stays until the original is there; where it cannot be shown, for good.
      large.decode().then(
        () => {
          frame.querySelector('img, .no-picture')?.remove();
          fillFrame(frame, detail, { src: large.src, alt });
        },
        () => undefined,
      );
    }
    showViews(detail, hit, frame, views);
    views.append(...writtenOf(detail));
    if (detail.failure) problem.textContent = detail.failure.reason;
  } catch (error) {
    problem.textContent = `The words of this picture did not come: ${error instanceof Error ? error.message : ''}`;
  }
}

/** @param {Hit} hit */
function scoreLine({ score, explanation }) {
  const parts = explanation.terms.map(
    ({ term, score: part, via }) =>
      `${via === undefined ? term : `${term.replace('=', 'kinds of ')} (via ${via})`} ${part.toFixed(2)}`,
  );
  return element(
    'p',
    { className: 'score' },
    element('strong', {}, `Score ${score.toFixed(2)}`),
    parts.length > 1 ? ` = ${parts.join(' + ')}` : '',
  );
}

/**
 * @param {ShownImage} detail
 * @param {Hit | undefined} hit
 * @param {HTMLElement} frame
 * @param {HTMLElement} list
 */
function showViews(detail, hit, frame, list) {
  const views = detail.gloss?.views ?? [];
  const words = new Set(
    hit?.views.flatMap((view) => view.words.flatMap((word) => word.toLowerCase().split(/[\s-]+/u))),
  );
  const entries = views.map((view) => {
    const mark = element('span', { className: 'box' });
    if (view.box && view.ask === undefined) placeBox(mark, view.box, detail);
    else mark.hidden = true;
    mark.onclick = () => choose(view.index);
    const title = `${view.box ? placeName(view.box, detail) : 'Text'}${view.ask === undefined ? '' : ', asked again'}`;
    const button = element('button', { type: 'button', onclick: () => choose(view.index) }, title);
    const matched = hit?.views.some(({ index }) => index === view.index) ?? false;
    const item = element(
      'li',
      { className: matched ? 'view matched' : 'view' },
      ...cropOf(view),
      button,
      ...wordsOf(view, words),
    );
    return { view, mark, button, item };
  });
  // The smallest box on top, or the whole picture would catch every click.
  const byArea = entries.toSorted((a, b) => area(b.view) - area(a.view));
  frame.append(...byArea.map(({ mark }) => mark));
  list.replaceChildren(...entries.map(({ item }) => item));
  choose(hit?.views[0]?.index ?? 0);

  /** @param {number} index */
  function choose(index) {
    for (const { view, mark, button, item } of entries) {
      const chosen = view.index === index;
      button.ariaPressed = String(chosen);
      mark.classList.toggle('best', chosen);
      item.classList.toggle('chosen', chosen);
    }
  }
}

/** What people wrote into the file. @param {ShownImage} detail */
function writtenOf({ gloss }) {
  const { keywords = [], title, description, takenAt, camera } = gloss?.file ?? {};
  const facts = [takenAt && `Taken ${takenAt.replace('T', ' ')}`, camera].filter((fact) => fact);
  if (keywords.length === 0 && !title && !description && facts.length === 0) return [];
  return [
    element(
      'li',
      { className: 'view' },
      element('strong', {}, 'In the file'),
      ...[title, description, facts.join(', ')].flatMap((text) => (text ? [element('p', {}, text)] : [])),
      element('ul', { className: 'tags' }, ...keywords.map((keyword) => element('li', {}, keyword))),
    ),
  ];
}

/** What the model was shown of a crop. @param {View} view */
function cropOf({ cropUrl }) {
  if (cropUrl === undefined) return [];
  const img = element('img', { className: 'crop', alt: '', loading: 'lazy', src: cropUrl });
  img.onerror = () => img.remove();
  return [img];
}

/** @param {View} view */
const area = ({ box }) => (box ? box.width * box.height : 0);

/**
 * @param {View} view
 * @param {ReadonlySet<string>} words that matched
 */
function wordsOf({ tags, caption, visibleText }, words) {
  const parts = [];
  if (caption) parts.push(element('p', {}, ...marked(caption, words)));
  if (visibleText) {
    parts.push(element('p', { className: 'visible-text' }, 'Reads: “', ...marked(visibleText, words), '”'));
  }
  if (tags.length > 0) {
    const items = tags.map((tag) => element('li', {}, ...marked(tag, words)));
    parts.push(element('ul', { className: 'tags' }, ...items));
  }
  return parts.length > 0 ? parts : [element('p', { className: 'visible-text' }, 'nothing that it knows')];
}

/**
 * A text with the matched words marked.
 * @param {string} text
 * @param {ReadonlySet<string>} words
 */
function marked(text, words) {
  return text
    .split(/([\p{L}\p{N}][\p{L}\p{N}\p{M}]*)/u)
    .map((part) => (words.has(part.toLowerCase()) ? element('mark', {}, part) : part));
}

/**
 * Asks once more before it deletes.
 * @param {Picture} picture
 * @param {HTMLElement} problem
 * @param {() => void} onDeleted
 */
function deleteButton(picture, problem, onDeleted) {
  const button = element('button', { type: 'button', className: 'delete' }, 'Delete picture');
  button.onclick = () => {
    button.textContent = 'Delete for good?';
    button.onclick = async () => {
      button.disabled = true;
      try {
        await deleteImage(picture.id);
        dialog.close();
        onDeleted();
      } catch (error) {
        button.disabled = false;
        problem.textContent = error instanceof Error ? error.message : '';
      }
    };
  };
  button.onblur = () => {
    if (button.disabled) return;
    button.replaceWith(deleteButton(picture, problem, onDeleted));
  };
  return button;
}
