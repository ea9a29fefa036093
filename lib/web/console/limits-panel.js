// @ts-check
import { element } from '../element.js';
import { bytesText, countText, usdText } from './amounts.js';
import { usageOf } from './calls.js';
import { createPanel } from './panel.js';

/** What the tenant may use up, and how much of it is. @param {(problem: import('../api.js').Problem) => void} onKeyProblem */
export function limitsPanel(onKeyProblem) {
  return createPanel('Limits', load, onKeyProblem);

  async function load() {
    const { stored, reserved, limits, total } = await usageOf();
    const { requestsPerSec, burst } = limits;
    return [
      gauge('Pictures', stored.images, reserved.images, limits.images, countText),
      gauge('Room', stored.bytes, reserved.bytes, limits.bytes, bytesText),
      gauge('Model, this month', total.usd.model, 0, limits.modelUsdPerMonth, usdText),
      element(
        'p',
        { className: 'limit' },
        element('b', {}, 'Requests'),
        ` ${requestsPerSec.toLocaleString('en')} a second, ${countText(burst)} at once`,
      ),
      element('p', { className: 'hint' }, 'The operator of this service sets the limits.'),
    ];
  }
}

/**
 * @param {string} name
 * @param {number} used @param {number} expected for uploads that were invited @param {number} most
 * @param {(amount: number) => string} text
 */
function gauge(name, used, expected, most, text) {
  const taken = used + expected;
  const share = most === 0 ? 1 : taken / most;
  const bar = element('meter', {
    min: 0,
    max: 1,
    value: Math.min(share, 1),
    ariaLabel: name,
  });
  const kept = expected > 0 ? `, and ${text(expected)} kept for uploads` : '';
  const left = share >= 1 ? ' – none is left' : ` (${shareText(share)})`;
  return element(
    'div',
    { className: 'limit' },
    element('b', {}, name),
    ` ${text(used)} of ${text(most)}${kept}${left}`,
    bar,
  );
}

/** @param {number} share */
const shareText = (share) =>
  share > 0 && share < 0.01
    ? 'less than 1 %'
    : `${(share * 100).toLocaleString('en', { maximumFractionDigits: 0 })} %`;
