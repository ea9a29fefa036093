// @ts-check
import { element } from '../element.js';
import { actionButton } from './action.js';
import { bytesText, countText, dayText, usdText } from './amounts.js';
import { changeTenant, createTenant, listTenants } from './calls.js';
import { indexPanel } from './index-panel.js';
import { keysPanel } from './keys-panel.js';
import { limitsForm } from './limits-form.js';
import { pagedList } from './paged.js';
import { createPanel, emptyLine, recordItem } from './panel.js';

/** @import { TenantJson } from '../../api/tenants/schema.ts' */

const STANDING = {
  active: 'open',
  suspended: 'paused: its keys open nothing',
  deleting: 'being deleted',
  deleted: 'deleted',
};

/** All tenants, with their limits and keys, and how to make one. @param {(problem: import('../api.js').Problem) => void} onKeyProblem */
export function tenantsPanel(onKeyProblem) {
  const panel = createPanel('Tenants', load, onKeyProblem);
  return panel;

  async function load() {
    const list = element('ul', { className: 'records' });
    const bring = async (/** @type {string | undefined} */ cursor) => {
      const { tenants, cursor: next } = await listTenants(cursor);
      return { items: tenants, cursor: next };
    };
    const shown = await pagedList(list, bring, tenantItem, {
      empty: emptyLine('There are no tenants yet.'),
      what: 'tenants',
    });
    return [...shown, element('details', {}, element('summary', {}, 'Make a tenant'), makingForm())];
  }

  function makingForm() {
    const name = {
      name: 'tenant',
      label: 'Name, which stays',
      input: { required: true, maxLength: 63, placeholder: 'such as acme', autocapitalize: 'none' },
    };
    return limitsForm(
      'Make a tenant',
      { before: [name], text: 'Make the tenant' },
      async (limits, { tenant = '' }) => {
        await createTenant(tenant, limits);
        await panel.refresh();
      },
    );
  }

  /** @param {TenantJson} tenant */
  function tenantItem(tenant) {
    const item = itemOf(tenant, (/** @type {TenantJson} */ now) => {
      const next = tenantItem(now);
      item.replaceWith(next);
      next.querySelector('button')?.focus();
    });
    return item;
  }

  /** @param {TenantJson} tenant @param {(now: TenantJson) => void} onChanged */
  function itemOf({ tenant, status, settings, createdAt }, onChanged) {
    const { images, bytes, modelUsdPerMonth, requestsPerSec, burst } = settings.limits;
    const facts = [
      `${STANDING[status]} · made ${dayText(createdAt)}`,
      [
        `${countText(images)} pictures`,
        bytesText(bytes),
        `${usdText(modelUsdPerMonth)} a month`,
        `${requestsPerSec.toLocaleString('en')} requests a second, ${countText(burst)} at once`,
      ].join(' · '),
    ];
    const set = async (/** @type {Parameters<typeof changeTenant>[1]} */ change) =>
      onChanged(await changeTenant(tenant, change));
    const pause = actionButton('Pause', () => set({ status: 'suspended' }), {
      label: `Pause ${tenant}`,
      isDanger: true,
      confirm: { question: `Pause ${tenant}? Its keys open nothing until it goes on.`, yes: 'Pause' },
    });
    const resume = actionButton('Let it go on', () => set({ status: 'active' }), {
      label: `Let it go on: ${tenant}`,
    });
    const isThere = status === 'active' || status === 'suspended';
    return recordItem(
      [element('b', {}, tenant)],
      facts,
      status === 'active' ? [pause] : status === 'suspended' ? [resume] : [],
      ...(isThere
        ? [
            limitsOf(),
            partOf('Keys', keysPanel(`Keys of ${tenant}`, { tenant }, onKeyProblem)),
            partOf('Index', indexPanel(tenant, onKeyProblem)),
          ]
        : []),
    );

    function limitsOf() {
      const form = limitsForm(
        `Limits of ${tenant}`,
        { now: settings.limits, text: 'Change limits' },
        async (limits) => {
          await set({ settings: { limits } });
        },
      );
      return element('details', {}, summaryOf('Limits'), form);
    }

    /** A part that is asked for when somebody looks. @param {string} text @param {import('./panel.js').Panel} part */
    function partOf(text, { root, refresh }) {
      const details = element('details', {}, summaryOf(text), root);
      root.classList.add('inner');
      details.addEventListener('toggle', () => details.open && void refresh());
      return details;
    }

    /** @param {string} text */
    function summaryOf(text) {
      return element('summary', {}, text, element('span', { className: 'unseen' }, ` of ${tenant}`));
    }
  }
}
