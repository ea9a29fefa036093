// @ts-check
import { isLeaving } from './deleting.js';
import { counted, element, visibleText } from './element.js';
import { centreFrame, pictureFrame, placeBox } from './picture.js';
import { pickButton } from './selection.js';
import { hasSign, pieceOf, withoutWord, withWord } from './query.js';

/** @import { Answer, Clause, Hit, Picture } from './api.js' */

const CHIPS_PER_HIT = 5;

/**
 * @typedef {object} Actions
 * @property {(query: string) => void} go searches for another query
 * @property {(hit: Hit) => void} open shows a hit large
 */

/**
 * The words of the query, each to take out again where something to search for is left.
 * @param {string} q
 * @param {readonly Clause[]} clauses
 * @param {Actions} actions
 */
export function clauseChips(q, clauses, { go }) {
  const positive = clauses.filter(({ occur }) => occur !== 'not').length;
  return clauses
    .filter(({ occur }) => occur === 'not' || positive > 1)
    .map(({ occur, text, field }) => {
      const said = field === undefined ? text : `${field}:${text}`;
      const word = `${{ should: '', must: '+', not: '−' }[occur]}${said}`;
      const button = element(
        'button',
        {
          type: 'button',
          ariaLabel: `Take ${word} out of the query`,
          onclick: () => go(withoutWord(q, text)),
        },
        `${word} ×`,
      );
      return element('li', { className: occur === 'not' ? 'chip not' : 'chip' }, button);
    });
}

/**
 * @param {string} q
 * @param {Answer} answer
 */
export function nothingMatches(q, { figures }) {
  const none = figures.docCount === 0;
  return element(
    'div',
    { className: 'nothing' },
    element('h2', {}, none ? 'No pictures yet' : `Nothing matches “${q.trim()}”`),
    element(
      'p',
      {},
      none
        ? 'Add pictures, and they can be found a few seconds after they were looked at.'
        : `None of the ${counted(figures.docCount, 'picture')} has these words. That is meant: Gloss does not fill the page with what comes next, and nothing is an answer too.`,
    ),
  );
}

/**
 * How the query was read where that is not plain, in one line, and the exclusion that "without" asks for, to search for instead.
 * @param {Answer} answer
 * @param {(query: string) => void} go
 */
export function readingOf({ query: { readAs = [], withoutAbsent } }, go) {
  /** @param {readonly string[]} kinds */
  const those = (...kinds) => [
    ...new Set(readAs.filter(({ as }) => kinds.includes(as)).map(({ text }) => `“${text}”`)),
  ];
  const leftOut = those('function word', 'frame', 'punctuation');
  const words = those('word');
  const fields = those('unknown field');
  const dates = those('no date');
  const cut = those('frequent words');
  const parts = [
    ...(leftOut.length > 0 ? [`Left out: ${leftOut.join(' ')}.`] : []),
    ...(words.length > 0 ? [`Read as words: ${words.join(' ')}.`] : []),
    ...(fields.length > 0 ? [`No such field: ${fields.join(' ')}.`] : []),
    ...(dates.length > 0
      ? [`No date, read as words: ${dates.join(' ')}. Write date:2024, date:2024-05 or date:2024-05-17.`]
      : []),
    ...(cut.length > 0
      ? [
          `${cut.join(' ')} begins more words than are looked for: the most frequent ones count. Type more letters.`,
        ]
      : []),
  ];
  const lines = parts.length > 0 ? [element('p', { className: 'hint reading' }, parts.join(' '))] : [];
  if (withoutAbsent === undefined) return lines;
  const link = { type: /** @type {const} */ ('button'), className: 'link', onclick: () => go(withoutAbsent) };
  return [
    ...lines,
    element('p', { className: 'correction' }, 'Leave them out: ', element('button', link, withoutAbsent)),
  ];
}

/**
 * The hits: those with all words of the query, then those with some under a heading of their own; further pages go on with the last.
 * @param {string} q
 * @param {Answer} answer
 * @param {Actions} actions
 */
export function createHitList(q, answer, actions) {
  const root = element('div');
  const all = element('ol', { className: 'grid' });
  const some = element('ol', { className: 'grid' });
  return { root, add };

  /** @param {readonly Hit[]} hits */
  function add(hits) {
    const hasAllWords = (/** @type {Hit} */ { hasAll = true }) => hasAll;
    addTo(all, hits.filter(hasAllWords), { q, answer, actions });
    const rest = hits.filter((hit) => !hasAllWords(hit));
    addTo(some, rest, { q, answer, actions, sign: SOME_SIGN });
    if (all.childElementCount > 0) root.prepend(all);
    if (rest.length > 0 && !some.isConnected)
      root.append(element('h2', { className: 'tier' }, 'With some of the words'), some);
  }
}

/**
 * Pictures without the words, under a heading of their own.
 * @param {string} q
 * @param {Answer} answer
 * @param {Actions} actions
 */
export function likelyGrid(q, answer, actions) {
  const likely = answer.likely ?? [];
  const text =
    likely.length === 0
      ? 'No other picture speaks of what goes with these words.'
      : 'None of these has the words; each speaks of what goes with them.';
  const heading = element('h2', { className: 'tier' }, 'Likely');
  const grid = element('ol', { className: 'grid' });
  addTo(grid, likely, { q, answer, actions, sign: LIKELY_SIGN });
  return [heading, element('p', { className: 'hint' }, text), grid];
}

/** What stands on the pictures that do not have all words, as a sign and in words. */
const SOME_SIGN = { sign: '◐', text: 'some words' };
const LIKELY_SIGN = { sign: '≈', text: 'likely' };

/** @param {typeof LIKELY_SIGN} tier */
const badgeOf = ({ sign, text }) =>
  element(
    'span',
    { className: 'badge' },
    element('span', { ariaHidden: 'true' }, sign),
    element('span', { className: 'unseen' }, ', '),
    text,
  );

/**
 * @param {HTMLElement} grid
 * @param {readonly Hit[]} hits
 * @param {{ q: string, answer: Answer, actions: Actions, sign?: typeof LIKELY_SIGN }} context
 */
function addTo(grid, hits, { q, answer, actions, sign }) {
  const positive = answer.query.clauses.filter(({ occur }) => occur !== 'not').length;
  grid.append(
    ...hits.map((hit) => {
      const best = hit.views[0];
      const caption = best?.caption ?? '';
      const tile = tileOf(hit, caption, () => actions.open(hit));
      const marks = hit.views.flatMap(({ box }, i) => {
        if (!box) return [];
        const mark = element('span', { className: i === 0 ? 'box best' : 'box' });
        mark.classList.toggle('whole', isWhole(box, hit));
        placeBox(mark, box, hit);
        return [mark];
      });
      const frame = /** @type {HTMLElement} */ (tile.querySelector('.frame'));
      frame.append(...marks.reverse());
      if (best?.box) centreFrame(frame, best.box, hit);
      if (sign) tile.querySelector('.open')?.append(badgeOf(sign));
      tile.append(
        element('p', { className: 'caption', title: caption }, caption || hit.name),
        ...fileLines(hit),
        chips(q, hit, positive, actions),
      );
      return tile;
    }),
  );
}

/** @param {import('./api.js').Box} box @param {Picture} picture */
const isWhole = ({ width, height }, { widthPx = 1, heightPx = 1 }) => width >= widthPx && height >= heightPx;

/**
 * One picture of a grid, as wide as its shape asks for.
 * @param {Picture} picture
 * @param {string} caption
 * @param {() => void} onOpen
 */
export function tileOf(picture, caption, onOpen) {
  const frame = pictureFrame(picture, { src: picture.thumbnailUrl, alt: caption, lazy: true });
  const button = element('button', { type: 'button', className: 'open', onclick: onOpen }, frame);
  const tile = element(
    'li',
    { className: 'tile', hidden: isLeaving(picture.id) },
    element('div', { className: 'held' }, button, pickButton(picture)),
  );
  tile.dataset['id'] = picture.id;
  tile.dataset['name'] = visibleText(picture.name);
  const shape = (picture.widthPx ?? 4) / (picture.heightPx ?? 3);
  tile.style.setProperty('--shape', String(Math.min(Math.max(shape, 0.62), 2.4)));
  return tile;
}

/**
 * What the file says of itself, where it has words of the query: its name, and what people wrote into it.
 * @param {Hit} hit
 */
function fileLines({ name, file }) {
  if (!file) return [];
  const { highlights, keywords = [], title = '', description = '' } = file;
  const texts = /** @type {const} */ ([
    ['name', 'Name', [name]],
    ['keyword', 'Keyword', keywords],
    ['title', 'Title', [title]],
    ['description', 'Description', [description]],
  ]);
  return texts.flatMap(([field, label, all]) =>
    all.flatMap((text, i) => {
      const places = highlights.filter((place) => place.field === field && place.index === i);
      return places.length === 0
        ? []
        : [element('p', { className: 'name', title: text }, `${label}: `, ...markedPlaces(text, places))];
    }),
  );
}

/**
 * @param {string} text
 * @param {readonly { start: number, end: number }[]} places
 */
function markedPlaces(text, places) {
  const parts = [];
  let end = 0;
  for (const place of places.toSorted((a, b) => a.start - b.start)) {
    if (place.start < end) continue;
    parts.push(text.slice(end, place.start), element('mark', {}, text.slice(place.start, place.end)));
    end = place.end;
  }
  return [...parts, text.slice(end)];
}

/**
 * The words that matched, then others that the matched views have: to ask for or to exclude.
 * @param {string} q
 * @param {Hit} hit
 * @param {number} positive clauses of the query that are not exclusions
 * @param {Actions} actions
 */
function chips(q, hit, positive, { go }) {
  /** @param {readonly string[]} texts */
  const pieces = (texts) => texts.map(pieceOf).filter((piece) => piece !== undefined);
  const matched = new Set(
    [...hit.views, ...(hit.file ? [hit.file] : [])].flatMap(({ words }) => pieces(words)),
  );
  const tags = hit.views.flatMap((view) => pieces(view.tags));
  const words = [...new Set([...matched, ...tags])].slice(0, CHIPS_PER_HIT);
  return element('ul', { className: 'chips' }, ...words.map(chip));

  /** @param {string} word */
  function chip(word) {
    const isMatch = matched.has(word);
    const isMust = hasSign(q, '+', word);
    const item = element(
      'li',
      { className: isMatch ? 'chip matched' : 'chip' },
      ...(isMatch ? [element('span', { className: 'sign', role: 'img', ariaLabel: 'Found by' }, '✓')] : []),
      element(
        'button',
        {
          type: 'button',
          ariaPressed: String(isMust),
          title: isMust
            ? `“${word}” has to be there; click to drop that`
            : `${isMatch ? 'It was found by this. ' : ''}Only pictures with “${word}”`,
          onclick: () => go(withWord(q, isMust ? '' : '+', word)),
        },
        isMust ? `+${word}` : word,
      ),
    );
    // Without its only word a query would find nothing.
    if (!isMatch || positive > 1) {
      item.append(
        element(
          'button',
          {
            type: 'button',
            className: 'minus',
            ariaLabel: `Without ${word}`,
            title: `Without “${word}”`,
            onclick: () => go(withWord(q, '-', word)),
          },
          '−',
        ),
      );
    }
    return item;
  }
}
