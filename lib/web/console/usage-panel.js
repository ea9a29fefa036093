// @ts-check
import { element } from '../element.js';
import { countText, dayText, usdText } from './amounts.js';
import { usageOf } from './calls.js';
import { createPanel } from './panel.js';
import { dayPlot } from './plot.js';
import { usageTable } from './usage-table.js';

/** @import { UsageAnswer } from '../../api/usage/schema.ts' */
/** @typedef {UsageAnswer['days'][number]} UsedOfDay */

const DAYS = 30;
const DAY_MS = 86_400_000;

/** What the last thirty days have used up, by day. @param {(problem: import('../api.js').Problem) => void} onKeyProblem */
export function usagePanel(onKeyProblem) {
  return createPanel('Usage in the last 30 days', load, onKeyProblem);

  async function load() {
    const days = lastDays(Date.now());
    const usage = await usageOf({ from: days[0] ?? '', to: days.at(-1) ?? '' });
    const byDay = new Map(usage.days.map((used) => [used.day, used]));
    /** @param {(used: UsedOfDay) => number} of */
    const series = (of) => days.map((day) => ({ day, value: valueOf(byDay.get(day), of) }));
    return [
      element(
        'div',
        { className: 'plots' },
        dayPlot(
          'Pictures described',
          series((used) => used.images),
          countText,
        ),
        dayPlot(
          'Dollars',
          series((used) => used.usd.total),
          usdText,
        ),
        dayPlot(
          'Read units',
          series((used) => used.readUnits),
          countText,
        ),
      ),
      element(
        'p',
        { className: 'hint' },
        'Dollars are an estimate by a price table. Read units are what the database counts of searches, lists and indexing. Days are of UTC.',
      ),
      numbersOf(usage),
    ];
  }
}

/** @param {UsedOfDay | undefined} used @param {(used: UsedOfDay) => number} of */
const valueOf = (used, of) => (used === undefined ? 0 : of(used));

/** @param {number} nowMs @returns {string[]} days of UTC, today last */
const lastDays = (nowMs) =>
  Array.from({ length: DAYS }, (_, i) =>
    new Date(nowMs - (DAYS - 1 - i) * DAY_MS).toISOString().slice(0, 10),
  );

/** The same as a table. @param {UsageAnswer} usage */
function numbersOf({ days, total }) {
  const { root, body, rowOf } = usageTable('Usage by day', 'Day');
  body.append(...days.map((used) => rowOf(dayText(used.day), used)), rowOf('All', total));
  return element('details', {}, element('summary', {}, 'Numbers by day'), root);
}
