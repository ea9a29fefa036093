// @ts-check
import { createForm } from './form.js';

/** @import { Limits } from './calls.js' */

const GB = 1e9;

/** @type {readonly { name: keyof Limits, label: string, unit: number, step: string, hint?: string }[]} */
const LIMITS = [
  { name: 'images', label: 'Pictures', unit: 1, step: '1' },
  { name: 'bytes', label: 'Room in GB', unit: GB, step: 'any' },
  { name: 'modelUsdPerMonth', label: 'Model, dollars a month', unit: 1, step: 'any' },
  { name: 'requestsPerSec', label: 'Requests a second', unit: 1, step: 'any' },
  { name: 'burst', label: 'Requests at once', unit: 1, step: '1' },
];

/**
 * A form of limits. Those that nobody changes are not sent.
 * @param {string} name
 * @param {{ now?: Limits, before?: readonly import('./form.js').Field[], text: string }} how what holds now; absent: the usual ones of the service
 * @param {(limits: Partial<Limits>, values: Record<string, string>) => Promise<unknown>} act
 */
export function limitsForm(name, { now, before = [], text }, act) {
  const shown = new Map(LIMITS.map((limit) => [limit.name, now ? String(now[limit.name] / limit.unit) : '']));
  const fields = LIMITS.map(({ name: field, label, step }) => ({
    name: field,
    label,
    input: {
      type: 'number',
      min: '0',
      step,
      value: shown.get(field) ?? '',
      ...(now ? { required: true } : { placeholder: 'as usual' }),
    },
  }));
  return createForm(name, [...before, ...fields], text, (values) => {
    const changed = LIMITS.filter(
      ({ name: field }) => values[field] !== '' && values[field] !== shown.get(field),
    );
    const limits = Object.fromEntries(
      changed.map(({ name: field, unit, step }) => [field, inUnits(Number(values[field]), unit, step)]),
    );
    return act(limits, values);
  });
}

/** @param {number} amount @param {number} unit @param {string} step */
const inUnits = (amount, unit, step) => (unit === 1 || step === '1' ? amount : Math.round(amount * unit));
