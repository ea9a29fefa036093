// @ts-check
import { element } from '../element.js';
import { dayText } from './amounts.js';

const HEIGHT = 60;
const BAR = 10;
const GAP = 2;

/**
 * Bars of one number by day, drawn without colours that mean something. Its name for a screen reader says the sum and the highest day.
 * @param {string} title
 * @param {readonly { day: string, value: number }[]} days one after the other, at least one
 * @param {(value: number) => string} text of a value
 */
export function dayPlot(title, days, text) {
  const most = Math.max(...days.map(({ value }) => value));
  const sum = days.reduce((all, { value }) => all + value, 0);
  const highest = days.find(({ value }) => value === most);
  const said =
    sum === 0
      ? `${title}: none`
      : `${title}: ${text(sum)}, most on ${dayText(highest?.day ?? '')} (${text(most)})`;
  const picture = svg('svg', {
    viewBox: `0 0 ${days.length * BAR} ${HEIGHT}`,
    preserveAspectRatio: 'none',
    role: 'img',
    'aria-label': said,
  });
  for (const [i, { day, value }] of days.entries()) {
    // A day with little is told from one with nothing.
    const height = value === 0 ? 0 : Math.max(2, (value / most) * HEIGHT);
    const bar = svg('rect', { x: i * BAR + GAP / 2, y: HEIGHT - height, width: BAR - GAP, height });
    const tip = svg('title', {});
    tip.textContent = `${dayText(day)}: ${text(value)}`;
    bar.append(tip);
    picture.append(bar);
  }
  return element(
    'figure',
    { className: 'plot' },
    element(
      'figcaption',
      {},
      element('span', {}, title),
      ' ',
      element('b', {}, text(sum)),
      ' ',
      element('span', { className: 'hint' }, sum === 0 ? '' : `most in a day: ${text(most)}`),
    ),
    picture,
    element(
      'p',
      { className: 'hint ends' },
      element('span', {}, dayText(days[0]?.day ?? '')),
      element('span', {}, dayText(days.at(-1)?.day ?? '')),
    ),
  );
}

/** @param {'svg' | 'rect' | 'title'} name @param {Record<string, string | number>} attributes */
function svg(name, attributes) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}
