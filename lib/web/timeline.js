// @ts-check
import { element } from './element.js';
import { tileOf } from './results.js';

/** @import { NewestHit } from './api.js' */

/**
 * Pictures under the days on which they were taken or came, newest first; further pages go on with the last day.
 * @param {(picture: NewestHit) => void} open
 */
export function createTimeline(open) {
  const root = element('div', { className: 'timeline' });
  let lastDay = '';
  let grid = element('ol', { className: 'grid' });
  return { root, add };

  /** @param {readonly NewestHit[]} hits */
  function add(hits) {
    for (const hit of hits) {
      const day = (hit.date ?? '').slice(0, 10);
      if (day !== lastDay) {
        lastDay = day;
        grid = element('ol', { className: 'grid' });
        root.append(element('section', {}, element('h2', { className: 'day' }, nameOfDay(day)), grid));
      }
      grid.append(tileOf(hit, hit.views[0]?.caption ?? '', () => open(hit)));
    }
  }
}

/** @param {string} day as 2024-05-17 */
function nameOfDay(day) {
  const then = new Date(`${day}T12:00:00`);
  if (Number.isNaN(then.getTime())) return day;
  const today = new Date();
  today.setHours(12, 0, 0, 0);
  const ago = Math.round((today.getTime() - then.getTime()) / 86_400_000);
  if (ago === 0) return 'Today';
  if (ago === 1) return 'Yesterday';
  const isThisYear = then.getFullYear() === today.getFullYear();
  return then.toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(!isThisYear && { year: 'numeric' }),
  });
}
