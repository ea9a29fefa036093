// @ts-check
import { getImage, Problem } from './api.js';
import { downloadPictures } from './download.js';
import { element, elementById, visibleText } from './element.js';
import { fillFrame, pictureFrame, placeBox, placeName, shapeFrame } from './picture.js';
import { pieceOf } from './query.js';
import { waitingText } from './waiting.js';
import { endTagging, tagEditor, untagButton } from './tagging.js';

/** @import { ShownImage } from '../api/images/image.ts' */
/** @import { Hit, Picture, View } from './api.js' */

const dialog = elementById('viewer', HTMLDialogElement);
dialog.addEventListener('click', ({ target }) => {
  if (target === dialog) dialog.close(); // the backdrop: everything else is inside the panel
});

/** A finger that moves so far sideways means the next picture. */
const SWIPE_PX = 50;

/**
 * @typedef {object} ViewerContext
 * @property {Hit} [hit] how the picture was found
 * @property {ReadonlyMap<string, string>} [said] words of the query by the terms that they are looked up as
 * @property {boolean} [isLikely] whether it has none of the words that were asked for
 * @property {boolean} hasPrevious
 * @property {boolean} hasNext
 * @property {(by: -1 | 1) => void} onStep
 * @property {() => void} onClosed by the person who looks
 * @property {(detail: ShownImage) => void} onDetail
 * @property {(picture: Picture) => void} onDelete
 * @property {(query: string) => void} onSimilar
 */

/** @type {ViewerContext | undefined} */
let shown;

dialog.addEventListener('close', () => {
  const context = shown;
  shown = undefined;
  endTagging();
  context?.onClosed();
});
dialog.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target instanceof HTMLInputElement) return; // where arrows go through what is written
  if (event.key === 'ArrowLeft') step(-1);
  else if (event.key === 'ArrowRight') step(1);
});

/** @param {-1 | 1} by */
function step(by) {
  if (by < 0 ? shown?.hasPrevious : shown?.hasNext) shown?.onStep(by);
}

/** Without telling whoever opened it. */
export function closeViewer() {
  shown = undefined;
  dialog.close();
}

/**
 * Shows a picture large, with each view that the model was shown and what it wrote about it.
 * @param {Pick<Picture, 'id'> & Partial<Picture>} picture only its id where no more is known
 * @param {ViewerContext} context
 */
export async function openViewer(picture, context) {
  const { hit, said, onDetail } = context;
  const wasAt = document.activeElement?.className;
  shown = context;
  const alt = hit?.views[0]?.caption ?? picture.name ?? '';
  const known = { ...picture, name: picture.name ?? '' };
  const frame = pictureFrame(known, { src: picture.thumbnailUrl, alt });
  const stage = element('div', { className: 'stage' }, frame);
  followSwipes(stage);
  const title = element('h2', { id: 'viewer-title' }, known.name);
  const views = element('ul', { className: 'views' });
  const facts = element('p', { className: 'facts' });
  const actions = element('div', { className: 'actions' });
  const problem = element('p', { className: 'problem', role: 'alert' });
  const editor = tagEditor(picture.id, showWords);
  /** What is written about the picture, also after it was changed. @param {ShownImage} detail */
  function showWords(detail) {
    for (const mark of frame.querySelectorAll('.box')) mark.remove();
    showViews(detail, hit, frame, views);
    views.append(...writtenOf(detail));
  }
  views.addEventListener('click', ({ target }) => untag(target));
  editor.box.addEventListener('click', ({ target }) => untag(target));
  /** @param {EventTarget | null} target */
  const untag = (target) => {
    const { tag } = target instanceof HTMLElement ? target.dataset : {};
    if (tag !== undefined) editor.remove(tag);
  };
  /** @param {string} className @param {string} ariaLabel @param {string} sign @param {() => void} onclick */
  const sign = (className, ariaLabel, sign, onclick) =>
    element('button', { type: 'button', className, ariaLabel, title: ariaLabel, onclick }, sign);
  const steps = [
    ...(context.hasPrevious ? [sign('step previous', 'Previous picture', '‹', () => step(-1))] : []),
    ...(context.hasNext ? [sign('step next', 'Next picture', '›', () => step(1))] : []),
  ];
  stage.append(...steps);
  dialog.replaceChildren(
    sign('close', 'Close', '×', () => dialog.close()),
    element(
      'div',
      { className: 'panel' },
      stage,
      element(
        'div',
        { className: 'words' },
        title,
        facts,
        actions,
        ...(hit ? [...tierLine(context), scoreLine(hit, said)] : []),
        problem,
        editor.box,
        views,
      ),
    ),
  );
  if (!dialog.open) dialog.showModal();
  // The keyboard goes on where it was in the picture before.
  else steps.find(({ className }) => className === wasAt)?.focus();
  try {
    const detail = await getImage(picture.id);
    if (!frame.isConnected) return; // another picture was opened meanwhile
    onDetail(detail);
    title.textContent = visibleText(detail.name);
    shapeFrame(frame, detail);
    facts.textContent = factsOf(detail);
    actions.replaceChildren(...actionsFor(detail, stage, context, editor.toggle));
    showLarge(detail, frame, alt || detail.name);
    showWords(detail);
    editor.show(detail);
    if (detail.failure) problem.textContent = detail.failure.reason;
    if (detail.waiting) problem.textContent = `Not looked at yet: ${waitingText(detail.waiting)}`;
  } catch (error) {
    const isMissing = error instanceof Problem && [400, 404].includes(error.status);
    if (isMissing) {
      stage.remove();
      title.textContent = 'This picture is not here';
    }
    problem.textContent = isMissing
      ? 'It was deleted, or the address is of another account.'
      : `The words of this picture did not come: ${error instanceof Error ? error.message : ''}`;
  }
}

/** The thumbnail stays until the original is there; where it cannot be shown, for good. @param {ShownImage} detail @param {HTMLElement} frame @param {string} alt */
function showLarge(detail, frame, alt) {
  const { url, thumbnailUrl } = detail;
  if (url === undefined) return;
  if (!frame.querySelector('img') && thumbnailUrl !== undefined) {
    frame.querySelector('.no-picture')?.remove();
    fillFrame(frame, detail, { src: thumbnailUrl, alt });
  }
  const large = element('img', { src: url });
  large.decode().then(
    () => {
      frame.querySelector('img, .no-picture')?.remove();
      fillFrame(frame, detail, { src: large.src, alt });
    },
    () => undefined,
  );
}

/** When, how large, what kind, and what of it was not read. @param {ShownImage} detail */
function factsOf({ gloss, createdAt, widthPx, heightPx, bytes, format, notes = [] }) {
  const { takenAt } = gloss?.file ?? {};
  const when = takenAt === undefined ? `Added ${dateOf(createdAt)}` : `Taken ${dateOf(takenAt)}`;
  const pixels = widthPx === undefined ? [] : [`${widthPx} × ${heightPx}`];
  const size = bytes === undefined ? [] : [sizeOf(bytes)];
  return [
    when,
    ...pixels,
    ...size,
    ...(format ? [format.toUpperCase()] : []),
    ...notes.map(({ text }) => text),
  ].join(' · ');
}

/** @param {string} moment */
const dateOf = (moment) =>
  new Date(moment).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** @param {number} bytes */
const sizeOf = (bytes) =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** @param {ShownImage} detail @param {HTMLElement} stage @param {ViewerContext} context @param {HTMLElement} tagging */
function actionsFor(detail, stage, { onSimilar, onDelete }, tagging) {
  const { url } = detail;
  const similar = similarTo(detail);
  /** @param {string} text @param {() => void} onclick */
  const action = (text, onclick) => element('button', { type: 'button', className: 'link', onclick }, text);
  const zoom = action('Zoom', () => {
    zoom.ariaPressed = String(stage.classList.toggle('zoomed'));
    // To what is lit, otherwise to the middle.
    stage.querySelector('.box.best')?.scrollIntoView({ block: 'center', inline: 'center' });
  });
  zoom.ariaPressed = 'false';
  const download = action(
    'Download',
    () => void downloadPictures([detail], (text) => (download.title = text)),
  );
  const deletion = action('Delete picture', () => onDelete(detail));
  deletion.classList.add('delete');
  deletion.dataset['needs'] = 'delete';
  return [
    ...(url === undefined ? [] : [zoom]),
    ...(url === undefined
      ? []
      : [element('a', { href: url, target: '_blank', rel: 'noopener', className: 'link' }, 'Original')]),
    ...(similar === '' ? [] : [action('Similar pictures', () => onSimilar(similar))]),
    ...(url === undefined ? [] : [download]),
    tagging,
    deletion,
  ];
}

const SIMILAR_WORDS = 5;

/** The words that most of its views share, as a query. @param {ShownImage} detail */
function similarTo({ gloss }) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { tags } of gloss?.views ?? [])
    for (const piece of new Set(tags.flatMap((tag) => pieceOf(tag) ?? [])))
      counts.set(piece, (counts.get(piece) ?? 0) + 1);
  const most = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, SIMILAR_WORDS);
  return most.map(([piece]) => piece).join(' ');
}

/** @param {HTMLElement} stage */
function followSwipes(stage) {
  /** @type {{ x: number, y: number } | undefined} */
  let start;
  stage.addEventListener('touchstart', ({ touches }) => {
    const [touch] = touches;
    start = touch && touches.length === 1 ? { x: touch.clientX, y: touch.clientY } : undefined;
  });
  stage.addEventListener('touchend', ({ changedTouches }) => {
    const [touch] = changedTouches;
    if (!start || !touch || stage.classList.contains('zoomed')) return;
    const [dx, dy] = [touch.clientX - start.x, touch.clientY - start.y];
    if (Math.abs(dx) > SWIPE_PX && Math.abs(dx) > 1.5 * Math.abs(dy)) step(dx < 0 ? 1 : -1);
  });
}

/** What a picture lacks of the words that were asked for. @param {ViewerContext} context */
function tierLine({ hit, isLikely }) {
  const text = isLikely
    ? '≈ Likely: it has none of the words, and speaks of what goes with them.'
    : hit?.hasAll === false
      ? '◐ It has some of the words.'
      : '';
  return text === '' ? [] : [element('p', { className: 'tier-line' }, text)];
}

/**
 * The words that earned a hit its place, the most telling first.
 * @param {Hit} hit
 * @param {ReadonlyMap<string, string>} [said]
 */
function scoreLine({ score, explanation }, said = new Map()) {
  const parts = explanation.terms.map(({ term, score: part, via }) => {
    const word = via ?? said.get(term) ?? term;
    return `${via !== undefined && term.startsWith('=') ? `kinds of ${word}` : word} ${part.toFixed(2)}`;
  });
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
      ...(matched ? [element('span', { className: 'found' }, ' ✓ matches')] : []),
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

/** What people wrote into the file, but for its keywords, which are among the tags. @param {ShownImage} detail */
function writtenOf({ gloss }) {
  const { title, description, camera } = gloss?.file ?? {};
  if (!title && !description && !camera) return [];
  return [
    element(
      'li',
      { className: 'view' },
      element('strong', {}, 'In the file'),
      ...[title, description, camera].flatMap((text) => (text ? [element('p', {}, text)] : [])),
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
    const items = tags.map((tag) => element('li', {}, ...marked(tag, words), ...untagButton(tag)));
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
