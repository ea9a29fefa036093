// @ts-check

/** Of edges that lie on one line, however they are rounded. */
const SAME_LINE_PX = 2;

/** Where somebody goes up and down, though a row has no picture right there. @type {number | undefined} */
let column;
/** @type {HTMLElement | undefined} */
let reached;

/**
 * The picture that a key leads to: its neighbours, those above and below by where they lie, the first and the last. Undefined for
 * other keys, and where there is none.
 * @param {HTMLElement} tile
 * @param {string} key
 * @param {readonly HTMLElement[]} tiles in the order of the page
 */
export function tileAt(tile, key, tiles) {
  if (key === 'ArrowUp') return inNextRow(tile, tiles.slice(0, tiles.indexOf(tile)).toReversed());
  if (key === 'ArrowDown') return inNextRow(tile, tiles.slice(tiles.indexOf(tile) + 1));
  reached = undefined;
  if (key === 'ArrowLeft') return tiles[tiles.indexOf(tile) - 1];
  if (key === 'ArrowRight') return tiles[tiles.indexOf(tile) + 1];
  if (key === 'Home') return tiles[0];
  if (key === 'End') return tiles.at(-1);
  return undefined;
}

/**
 * The tool that a key leads to. What goes up and down in an order stays its own.
 * @param {HTMLElement} tool
 * @param {string} key
 * @param {readonly HTMLElement[]} tools
 */
export function toolAt(tool, key, tools) {
  if (key === 'ArrowLeft') return tools[tools.indexOf(tool) - 1];
  if (key === 'ArrowRight') return tools[tools.indexOf(tool) + 1];
  return undefined;
}

/**
 * Of the next row the one that lies nearest to the column.
 * @param {HTMLElement} tile
 * @param {readonly HTMLElement[]} others away from it, the nearest first
 */
function inNextRow(tile, others) {
  const from = tile.getBoundingClientRect();
  if (column === undefined || tile !== reached) column = middleOf(from);
  /** @type {number | undefined} */
  let row;
  let nearest;
  let leastPx = Infinity;
  for (const other of others) {
    const rect = other.getBoundingClientRect();
    if (isOneLine(rect.top, from.top)) continue;
    row ??= rect.top;
    if (!isOneLine(rect.top, row)) break;
    const awayPx = Math.abs(middleOf(rect) - column);
    if (awayPx < leastPx) [nearest, leastPx] = [other, awayPx];
  }
  reached = nearest;
  return nearest;
}

/** @param {DOMRect} rect */
const middleOf = ({ left, right }) => (left + right) / 2;

/** @param {number} a @param {number} b */
const isOneLine = (a, b) => Math.abs(a - b) < SAME_LINE_PX;
