// @ts-check
import { forgetKey, keepKey, knownKey, keyOfAddress, listImages, Problem, search } from './api.js';
import { showAccount, takeKeyOfLink } from './account.js';
import { counted, element, elementById } from './element.js';
import { failures, imageGrid, standing } from './home.js';
import { rememberModel } from './origin.js';
import { offerCompletions } from './completions.js';
import { corrections, relatedChips } from './narrowing.js';
import { clauseChips, hitGrids, likelyGrid, nothingMatches, readingOf } from './results.js';
import { upload } from './uploads.js';
import { openViewer } from './viewer.js';

/** @import { Image } from '../api/images/image.ts' */
/** @import { Hit, Picture } from './api.js' */

const HITS_OF_PAGE = 30;

const input = elementById('query', HTMLInputElement);
const queryProblem = elementById('query-problem', HTMLElement);
const keyForm = elementById('key-form', HTMLFormElement);
const keyInput = elementById('key', HTMLInputElement);
const keyProblem = elementById('key-problem', HTMLElement);
const status = elementById('status', HTMLElement);
const sort = elementById('sort', HTMLSelectElement);
const clauses = elementById('clauses', HTMLElement);
const related = elementById('related', HTMLElement);
const answer = elementById('answer', HTMLElement);

let current = new AbortController();

/** The address holds the query, so that links and the Back button work. */
const queryOfAddress = () => new URLSearchParams(location.search).get('q') ?? '';

/** The best come first where it says nothing else. */
function sortOfAddress() {
  const asked = new URLSearchParams(location.search).get('sort');
  return Array.from(sort.options, ({ value }) => value).find((value) => value === asked) ?? 'best';
}

/** @param {string} q */
function go(q) {
  const order = sort.value === 'best' ? {} : { sort: sort.value };
  const address = q.trim() === '' ? '/' : `/?${new URLSearchParams({ q, ...order })}`;
  if (address !== location.pathname + location.search) history.pushState(null, '', address);
  scrollTo({ top: 0 });
  void show();
}

/** Shows what the address asks for. What was there stays, faded, until the answer is there. */
async function show(likely = false) {
  const q = queryOfAddress();
  input.value = q;
  sort.value = sortOfAddress();
  document.title = q.trim() === '' ? 'Gloss' : `${q.trim()} · Gloss`;
  queryProblem.hidden = true;
  current.abort();
  current = new AbortController();
  const { signal } = current;
  void showAccount();
  if (knownKey() === null) return askForKey('');
  keyForm.hidden = true;
  answer.ariaBusy = 'true';
  try {
    if (q.trim() === '') await showHome(signal);
    else await showHits(q, likely, signal);
  } catch (error) {
    if (!signal.aborted) showProblem(error, q);
  } finally {
    if (!signal.aborted) answer.ariaBusy = 'false';
  }
}

/** @param {string} q @param {boolean} likely @param {AbortSignal} signal */
async function showHits(q, likely, signal) {
  const found = await search(q, { limit: HITS_OF_PAGE, likely, sort: sort.value }, signal);
  const actions = { go, open };
  const least = found.totalIs === 'exact' ? '' : `${found.totalIs} `;
  const count = `${least}${counted(found.total, 'picture')} of ${found.figures.docCount.toLocaleString('en')}${allOf(found)}`;
  const list = element(
    'div',
    {},
    ...(found.total === 0 ? [nothingMatches(q, found)] : hitGrids(q, found, actions)),
  );
  const content = [...readingOf(found, go), list, ...corrections(q, found, go)];
  fill(count, clauseChips(q, found.query.clauses, actions), content, found.total > 1);
  related.replaceChildren(...relatedChips(q, found, go));
  if (found.cursor !== undefined) answer.append(moreHits(q, found, list, actions, signal));
  if (found.likely) answer.append(...likelyGrid(q, found, actions));
  else if (found.total > 0) answer.append(moreButton('Show likely pictures, too', () => void show(true)));
  if (found.hits[0]) void rememberModel(found.hits[0].id);
}

/**
 * A button that adds the next page to the hits, until there is none.
 * @param {string} q
 * @param {import('./api.js').Answer} first
 * @param {HTMLElement} list
 * @param {import('./results.js').Actions} actions
 * @param {AbortSignal} signal
 */
function moreHits(q, first, list, actions, signal) {
  let { cursor, hits } = first;
  const order = sort.value;
  const button = moreButton('Show more', () => {
    button.disabled = true;
    showNext().catch((error) => !signal.aborted && showProblem(error, q));
  });
  return button;

  async function showNext() {
    const page = await search(q, { limit: HITS_OF_PAGE, likely: false, sort: order, cursor }, signal);
    hits = [...hits, ...page.hits];
    cursor = page.cursor;
    list.replaceChildren(...hitGrids(q, { ...first, hits }, actions));
    button.disabled = false;
    if (cursor === undefined) button.remove();
  }
}

/** @param {import('./api.js').Answer} found */
function allOf({ withAll, total, totalIs }) {
  if (!withAll || total === 0) return '';
  const all = `, ${withAll.totalIs === 'exact' ? '' : `${withAll.totalIs} `}${withAll.total.toLocaleString('en')} with all words`;
  const isExact = withAll.totalIs === 'exact' && totalIs === 'exact';
  return isExact ? `${all}, ${(total - withAll.total).toLocaleString('en')} with some` : all;
}

/** @param {AbortSignal} signal */
async function showHome(signal) {
  /** @type {Image[]} */
  const images = [];
  const onDetail = rememberModel;
  await showPage(undefined);

  /** @param {string | undefined} cursor */
  async function showPage(cursor) {
    const page = await listImages(cursor, signal);
    images.push(...page.images);
    const text = standing(images, page.cursor !== undefined);
    const content = [failures(page.images), imageGrid(page.images, { open, onDetail })];
    fill(text, [], cursor === undefined ? content : [...answer.childNodes, ...content]);
    const next = page.cursor;
    if (next === undefined) return;
    const more = moreButton('Show more', () => {
      more.remove();
      showPage(next).catch((error) => !signal.aborted && showProblem(error, ''));
    });
    answer.append(more);
  }
}

/**
 * @param {string} text how many there are
 * @param {readonly Node[]} chips
 * @param {readonly Node[]} content
 * @param {boolean} [hasOrder] whether the content can be ordered in another way
 */
function fill(text, chips, content, hasOrder = false) {
  const focused = document.activeElement;
  status.textContent = text;
  clauses.replaceChildren(...chips);
  sort.hidden = !hasOrder;
  related.replaceChildren();
  answer.replaceChildren(...content);
  // A chip that was clicked is gone with the hit it stood under; the keyboard goes on from the top of the hits.
  if (focused && !focused.isConnected) status.focus({ preventScroll: true });
}

/** @param {string} text @param {() => void} onclick */
const moreButton = (text, onclick) => element('button', { type: 'button', className: 'more', onclick }, text);

/** @param {Picture | Hit} picture */
function open(picture) {
  const context = { onDetail: rememberModel, onDeleted: () => void show() };
  void openViewer(picture, 'score' in picture ? { ...context, hit: picture } : context);
}

/** @param {unknown} error @param {string} q */
function showProblem(error, q) {
  if (!(error instanceof Problem)) throw error;
  if (error.status === 401) return askForKey(error.message);
  if (error.place.field === 'q') return markProblem(error, q);
  const notice = element(
    'div',
    { className: 'nothing' },
    element('h2', {}, 'No answer'),
    element('p', { role: 'alert' }, `${error.message}.`),
    moreButton('Try again', () => void show()),
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

/** @param {string} problem */
function askForKey(problem) {
  forgetKey();
  fill('', [], []);
  answer.ariaBusy = 'false';
  keyProblem.textContent = problem;
  keyForm.hidden = false;
  keyInput.focus();
}

offerCompletions(input, elementById('completions', HTMLElement));
elementById('search', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  go(input.value);
});
sort.addEventListener('change', () => go(queryOfAddress()));
keyForm.addEventListener('submit', (event) => {
  event.preventDefault();
  keepKey(keyInput.value.trim());
  keyInput.value = '';
  input.focus();
  void show();
});
addEventListener('popstate', () => void show());
addEventListener('hashchange', begin);
const files = elementById('files', HTMLInputElement);
files.addEventListener('change', () => {
  const chosen = [...(files.files ?? [])];
  files.value = '';
  if (chosen.length > 0) void upload(chosen, () => void show());
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
  const dropped = [...(event.dataTransfer?.files ?? [])];
  if (dropped.length > 0) void upload(dropped, () => void show());
});

/** A link may bring a key. */
function begin() {
  const key = keyOfAddress();
  if (key === null) void show();
  else takeKeyOfLink(key, () => void show());
}

begin();
