// @ts-check
import { addressOf, consoleAddress, isConsoleAddress, placeOfAddress } from './address.js';
import {
  forgetKey,
  isOfOperator,
  keepKey,
  knownKey,
  keyOfAddress,
  listImages,
  newest,
  Problem,
  search,
} from './api.js';
import { showAccount, takeKeyOfLink } from './account.js';
import { askForKey, hideKeyForm, isOfKey, offerKeyForm } from './key-form.js';
import { deleteSoon } from './deleting.js';
import { downloadPictures } from './download.js';
import { droppedFiles } from './dropped-files.js';
import { counted, element, elementById } from './element.js';
import { moreButton } from './endless.js';
import { createFailures } from './failures.js';
import { follow } from './following.js';
import { imageGrid, isInWork, standing, waitingLines } from './home.js';
import { tileAt, toolAt } from './grid-keys.js';
import { rememberModel } from './origin.js';
import { offerCompletions } from './completions.js';
import { corrections, relatedChips } from './narrowing.js';
import { clauseChips, createHitList, likelyGrid, nothingMatches, readingOf } from './results.js';
import { offerArrows } from './roving.js';
import { clearSelection, offerSelection } from './selection.js';
import { createTimeline } from './timeline.js';
import { upload } from './uploads.js';
import { closeViewer, openViewer } from './viewer.js';

/** @import { Image } from '../api/images/image.ts' */
/** @import { Answer, Hit, Picture } from './api.js' */

const HITS_OF_PAGE = 30;
/** Without a key pressed, before a query that is being typed is asked. */
const TYPING_MS = 250;

const input = elementById('query', HTMLInputElement);
const queryProblem = elementById('query-problem', HTMLElement);
const status = elementById('status', HTMLElement);
const sort = elementById('sort', HTMLSelectElement);
const clauses = elementById('clauses', HTMLElement);
const related = elementById('related', HTMLElement);
const answer = elementById('answer', HTMLElement);
const notices = elementById('notices', HTMLElement);

let current = new AbortController();
/** Of the key that is known. @type {import('./key-form.js').KeySource} */
let keySource = 'kept';
const failures = createFailures(refreshHome);
const uploading = {
  onSearchable: () => void show({ isRefresh: true }),
  onFailed: () => void failures.refresh(),
};

/** The picture that was looked at last. @type {string | null} */
let lastOpen = null;

/**
 * What is on the page, in its order, to go through in the viewer.
 * @type {{ q: string, sort: string, pictures: Picture[], hits: Map<string, Hit>, said: Map<string, string>, likely: Set<string>, bring?: (() => Promise<boolean>) | undefined }}
 */
let shown = nothing('', '');

/** @param {string} q @param {string} order */
function nothing(q, order) {
  return { q, sort: order, pictures: [], hits: new Map(), said: new Map(), likely: new Set() };
}

/** @param {string} q @param {{ isTyping?: boolean }} [how] what is being typed leaves one step in the history */
function go(q, { isTyping = false } = {}) {
  const address = addressOf({ q, sort: sort.value, picture: null });
  if (address !== location.pathname + location.search) {
    if (isTyping && history.state?.isTyping) history.replaceState({ isTyping }, '', address);
    else history.pushState({ isTyping }, '', address);
  }
  closeViewer();
  clearSelection();
  scrollTo({ top: 0 });
  void show({ isTyping });
}

/** Shows what the address asks for. What was there stays, faded, until the answer is there; what is being typed and looked at stays in a refresh. */
async function show({ likely = false, isTyping = false, isRefresh = false } = {}) {
  const { q, sort: order, picture } = placeOfAddress();
  if (!isTyping && !isRefresh) input.value = q;
  sort.value = order;
  document.title = q.trim() === '' ? 'Gloss' : `${q.trim()} · Gloss`;
  queryProblem.hidden = true;
  current.abort();
  current = new AbortController();
  const { signal } = current;
  void showAccount(signOut);
  if (knownKey() === null) return openByKey();
  if (!isRefresh) {
    hideKeyForm();
    answer.ariaBusy = 'true';
  }
  try {
    const isConsole = isConsoleAddress();
    document.body.classList.toggle('console', isConsole);
    if (isConsole) {
      if (!isRefresh) await (await import('./console/console.js')).openConsole(openByKey);
    } else if (q.trim() === '') await showHome(signal, order);
    else await showHits(q, { likely, order }, signal);
    keySource = 'kept';
    if (picture !== null && !isRefresh) showPicture(picture);
  } catch (error) {
    if (!signal.aborted) showProblem(error, q);
  } finally {
    if (!signal.aborted) answer.ariaBusy = 'false';
  }
}

/** @param {string} q @param {{ likely: boolean, order: string }} how @param {AbortSignal} signal */
async function showHits(q, { likely, order }, signal) {
  const found = await search(q, { limit: HITS_OF_PAGE, likely, sort: order }, signal);
  shown = nothing(q, order);
  shown.said = new Map(
    found.query.clauses.flatMap(({ terms, text }) => (terms.length === 1 ? [[String(terms[0]), text]] : [])),
  );
  remember(found.hits);
  const actions = { go, open };
  const least = found.totalIs === 'exact' ? '' : `${found.totalIs} `;
  const count = `${least}${counted(found.total, 'picture')} of ${found.figures.docCount.toLocaleString('en')}${allOf(found)}`;
  const list = createHitList(q, found, actions);
  if (found.total === 0) list.root.append(nothingMatches(q, found));
  else list.add(found.hits);
  const content = [...readingOf(found, go), ...corrections(q, found, go), list.root];
  fill(count, clauseChips(q, found.query.clauses, actions), content, found.total > 1);
  related.replaceChildren(...relatedChips(q, found, go));
  if (found.cursor !== undefined) answer.append(moreHits(q, found, list, signal));
  if (found.likely) {
    remember(found.likely);
    shown.likely = new Set(found.likely.map(({ id }) => id));
    answer.append(...likelyGrid(q, found, actions));
  } else if (found.total > 0)
    answer.append(plainButton('Show likely pictures, too', () => void show({ likely: true })));
  if (found.hits[0]) void rememberModel(found.hits[0].id);
}

/** @param {readonly Hit[]} hits */
function remember(hits) {
  shown.pictures.push(...hits);
  for (const hit of hits) shown.hits.set(hit.id, hit);
}

/**
 * Adds the next pages to the hits, until there is none.
 * @param {string} q
 * @param {Answer} first
 * @param {ReturnType<typeof createHitList>} list
 * @param {AbortSignal} signal
 */
function moreHits(q, first, list, signal) {
  let { cursor } = first;
  const mine = shown;
  const { button, press } = moreButton(
    'Show more',
    showNext,
    (error) => !signal.aborted && showProblem(error, q),
  );
  mine.bring = press;
  return button;

  async function showNext() {
    const page = await search(q, { limit: HITS_OF_PAGE, likely: false, sort: mine.sort, cursor }, signal);
    cursor = page.cursor;
    remember(page.hits);
    list.add(page.hits);
    if (cursor === undefined) {
      button.remove();
      mine.bring = undefined;
    }
  }
}

/** @param {import('./api.js').Answer} found */
function allOf({ withAll, total, totalIs }) {
  if (!withAll || total === 0) return '';
  const all = `, ${withAll.totalIs === 'exact' ? '' : `${withAll.totalIs} `}${withAll.total.toLocaleString('en')} with all words`;
  const isExact = withAll.totalIs === 'exact' && totalIs === 'exact';
  return isExact ? `${all}, ${(total - withAll.total).toLocaleString('en')} with some` : all;
}

/** The newest pictures under their days, then those without a date. @param {AbortSignal} signal @param {string} order */
async function showHome(signal, order) {
  const [page, listed] = await Promise.all([newest(undefined, signal), listImages(undefined, signal)]);
  shown = nothing('', order);
  const mine = shown;
  const timeline = createTimeline(open);
  const inWork = listed.images.filter(isInWork);
  const waiting = inWork.length > 0 ? [tierOf('Being looked at'), grid(inWork)] : [];
  fill(
    standing(page.figures.docCount, listed.images),
    [],
    [...waitingLines(listed.images), failures.root, ...waiting, timeline.root],
  );
  void failures.refresh();
  void followWork(inWork, timeline.root);
  addNewest(page);
  let { cursor } = page;
  /** @type {import('../api/images/image.ts').ImagesPage | undefined} */
  let list = page.figures.docCount > page.total ? listed : undefined;
  let hasHeading = false;
  if (page.hits[0]) void rememberModel(page.hits[0].id);
  if (!isMore()) return;
  const { button, press } = moreButton(
    'Show more',
    bring,
    (error) => !signal.aborted && showProblem(error, ''),
  );
  mine.bring = press;
  answer.append(button);

  function isMore() {
    return cursor !== undefined || list !== undefined;
  }

  async function bring() {
    if (cursor !== undefined) {
      const next = await newest(cursor, signal);
      addNewest(next);
      ({ cursor } = next);
    } else if (list) {
      addUndated(list.images);
      list = list.cursor === undefined ? undefined : await listImages(list.cursor, signal);
    }
    if (isMore()) return;
    button.remove();
    mine.bring = undefined;
  }

  /** @param {{ hits: readonly import('./api.js').NewestHit[] }} page */
  function addNewest({ hits }) {
    timeline.add(hits);
    mine.pictures.push(...hits);
  }

  /** @param {readonly Image[]} images */
  function addUndated(images) {
    const dated = new Set(mine.pictures.map(({ id }) => id));
    const undated = images.filter(({ id, status }) => status === 'searchable' && !dated.has(id));
    if (undated.length === 0) return;
    if (!hasHeading) button.before(tierOf('Without a date'));
    hasHeading = true;
    button.before(grid(undated));
    mine.pictures.push(...undated);
  }

  /** @param {readonly Image[]} images */
  function grid(images) {
    return imageGrid(images, { open, onDetail: rememberModel });
  }
}

/**
 * Shows what becomes of pictures that are being looked at, as long as they are on the page.
 * @param {readonly Image[]} images
 * @param {HTMLElement} home
 */
async function followWork(images, home) {
  const settled = () => {
    void failures.refresh();
    refreshHome();
  };
  // Whoever asks next hears why nobody tells.
  await follow(new Map(images.map(({ id }) => [id, ''])), settled, () => home.isConnected).catch(
    () => undefined,
  );
}

/** The start page again, where it is in sight and nobody has scrolled away from its beginning. */
function refreshHome() {
  if (placeOfAddress().q.trim() === '' && scrollY < innerHeight) void show({ isRefresh: true });
}

/** @param {string} text */
const tierOf = (text) => element('h2', { className: 'day' }, text);

/**
 * @param {string} text how many there are
 * @param {readonly Node[]} chips
 * @param {readonly Node[]} content
 * @param {boolean} [hasOrder] whether the content can be ordered in another way
 */
function fill(text, chips, content, hasOrder = false) {
  const focused = document.activeElement;
  const { id } = /** @type {HTMLElement | null} */ (focused?.closest('.tile'))?.dataset ?? {};
  document.body.classList.remove('console');
  status.textContent = text;
  clauses.replaceChildren(...chips);
  sort.hidden = !hasOrder;
  related.replaceChildren();
  answer.replaceChildren(...content);
  if (!(focused instanceof HTMLElement) || document.activeElement === focused) return;
  if (focused.isConnected) return focused.focus({ preventScroll: true });
  // The keyboard goes on at the same picture; where that is gone with the chip that was clicked, from the top of the hits.
  const again = id === undefined ? null : tileOpener(id);
  (again ?? status).focus({ preventScroll: true });
}

/** @param {string} id @returns {HTMLElement | null} what opens the picture */
const tileOpener = (id) => answer.querySelector(`.tile[data-id="${id}"] .open`);

/** @param {string} text @param {() => void} onclick */
const plainButton = (text, onclick) =>
  element('button', { type: 'button', className: 'more', onclick }, text);

/** @param {Pick<Picture, 'id'>} picture */
function open({ id }) {
  history.pushState({ isOpened: true }, '', addressOf({ ...placeOfAddress(), picture: id }));
  showPicture(id);
}

/** @param {string} id of any picture; those of the page have neighbours */
function showPicture(id) {
  const { pictures, hits, said, likely, bring } = shown;
  lastOpen = id;
  const at = pictures.findIndex((picture) => picture.id === id);
  const hit = hits.get(id);
  void openViewer(pictures[at] ?? { id }, {
    ...(hit && { hit }),
    said,
    isLikely: likely.has(id),
    hasPrevious: at > 0,
    hasNext: at >= 0 && (at + 1 < pictures.length || bring !== undefined),
    onStep: (by) => void step(id, by),
    onClosed: leavePicture,
    onDetail: rememberModel,
    onDelete: (picture) => remove([picture]),
    onSimilar: go,
  });
}

/** @param {string} id of the picture that is open @param {-1 | 1} by */
async function step(id, by) {
  const mine = shown;
  const at = mine.pictures.findIndex((picture) => picture.id === id) + by;
  while (at >= mine.pictures.length && (await mine.bring?.()));
  const next = mine.pictures[at];
  if (!next || mine !== shown) return;
  history.replaceState(history.state, '', addressOf({ ...placeOfAddress(), picture: next.id }));
  showPicture(next.id);
}

/** The address of the page under the picture. */
function leavePicture() {
  if (placeOfAddress().picture === null) return;
  if (history.state?.isOpened) return history.back();
  history.replaceState(history.state, '', addressOf({ ...placeOfAddress(), picture: null }));
  focusLastOpen();
}

/** The keyboard goes on at the picture that was looked at last. */
function focusLastOpen() {
  if (lastOpen !== null) tileOpener(lastOpen)?.focus();
}

/** @param {readonly Pick<Picture, 'id' | 'name'>[]} going */
function remove(going) {
  const mine = shown;
  const ids = going.map(({ id }) => id);
  const places = [...mine.pictures.entries()].filter(([, { id }]) => ids.includes(id));
  /** @param {readonly string[]} ids */
  const tilesOf = (ids) => ids.flatMap((id) => [...answer.querySelectorAll(`.tile[data-id="${id}"]`)]);
  deleteSoon(going, {
    onUndone: () => {
      for (const [at, picture] of places) mine.pictures.splice(at, 0, picture);
      for (const tile of tilesOf(ids)) tile.toggleAttribute('hidden', false);
    },
    onDeleted: (deleted) => {
      for (const tile of tilesOf(deleted)) tile.remove();
      if (scrollY < innerHeight) void show({ isRefresh: true });
    },
    onProblem: (left, message) => {
      for (const tile of tilesOf(left.map(({ id }) => id))) tile.toggleAttribute('hidden', false);
      const what = left.length === 1 ? left[0]?.name : counted(left.length, 'picture');
      notices.append(element('div', { className: 'notice' }, `${what} could not be deleted: ${message}`));
    },
  });
  mine.pictures = mine.pictures.filter(({ id }) => !ids.includes(id));
  closeViewer();
  leavePicture();
  for (const tile of tilesOf(ids)) tile.toggleAttribute('hidden', true);
}

/** @param {unknown} error @param {string} q */
function showProblem(error, q) {
  if (!(error instanceof Problem)) throw error;
  if (isOfKey(error)) return openByKey(error);
  // The operator has no pictures.
  if (isOfOperator(error)) {
    history.replaceState(null, '', consoleAddress());
    return void show();
  }
  if (error.place.field === 'q') return markProblem(error, q);
  const notice = element(
    'div',
    { className: 'nothing' },
    element('h2', {}, 'No answer'),
    element('p', { role: 'alert' }, `${error.message}.`),
    plainButton('Try again', () => void show()),
  );
  fill('', [], [notice]);
}

/** The query with the place of its mistake marked. @param {Problem} problem @param {string} q */
function markProblem({ message, place: { at = 0, length = 0 } }, q) {
  fill('', [], []);
  const spot = element('mark', {}, q.slice(at, at + length));
  queryProblem.replaceChildren(
    element('span', { className: 'quoted' }, q.slice(0, at), spot, q.slice(at + length)),
    element('span', {}, message),
  );
  queryProblem.hidden = false;
}

function signOut() {
  forgetKey();
  closeViewer();
  history.pushState(null, '', '/');
  void show();
}

/** Where no key opens the page. @param {Problem} [problem] of the one that is known */
function openByKey(problem) {
  const key = knownKey();
  // A tenant may be let in again.
  if (problem?.status === 401) forgetKey();
  fill('', [], []);
  answer.ariaBusy = 'false';
  void showAccount(signOut);
  if (problem) askForKey(keySource, { key, problem: problem.message });
  else askForKey('none');
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let typing;
offerCompletions(input, elementById('completions', HTMLElement));
elementById('search', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  clearTimeout(typing);
  go(input.value);
});
input.addEventListener('input', (event) => {
  clearTimeout(typing);
  if (knownKey() === null || (event instanceof InputEvent && event.isComposing)) return;
  typing = setTimeout(() => {
    if (input.value.trim() !== placeOfAddress().q.trim()) go(input.value, { isTyping: true });
  }, TYPING_MS);
});
offerSelection({ onDelete: remove, onDownload: downloadPictures });
offerArrows(answer, '.tile', tileAt);
offerArrows(elementById('tools', HTMLElement), 'button, select', toolAt);
sort.addEventListener('change', () => go(placeOfAddress().q));
offerKeyForm((key) => {
  keySource = 'typed';
  keepKey(key);
  input.focus();
  void show();
});
addEventListener('popstate', () => {
  const { q, sort: order, picture } = placeOfAddress();
  if (q !== shown.q || order !== shown.sort) {
    closeViewer();
    void show();
  } else if (picture === null) {
    closeViewer();
    focusLastOpen();
  } else showPicture(picture);
});
addEventListener('hashchange', begin);
const files = elementById('files', HTMLInputElement);
files.addEventListener('change', () => {
  const chosen = [...(files.files ?? [])];
  files.value = '';
  if (chosen.length > 0) void upload(chosen, uploading);
});
const dropSign = elementById('drop-sign', HTMLElement);
addEventListener('dragover', (event) => {
  event.preventDefault();
  dropSign.hidden = !event.dataTransfer?.types.includes('Files');
});
addEventListener('dragleave', ({ relatedTarget }) => {
  if (relatedTarget === null) dropSign.hidden = true;
});
addEventListener('drop', (event) => {
  event.preventDefault();
  dropSign.hidden = true;
  if (!event.dataTransfer) return;
  void droppedFiles(event.dataTransfer).then((dropped) => {
    if (dropped.length > 0) void upload(dropped, uploading);
  });
});

/** A link may bring a key. */
function begin() {
  const key = keyOfAddress();
  if (key === null) void show();
  else void takeKeyOfLink(key, openLink, keepOpen);

  function openLink() {
    keySource = 'link';
    void show();
  }

  /** @param {Problem} problem of the link @param {string} account that the page is open as */
  function keepOpen({ message }, account) {
    void show();
    askForKey('link', { key, problem: message, account });
  }
}

begin();
