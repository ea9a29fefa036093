// @ts-check
import { dayText } from './amounts.js';
import { listTenantUsage } from './calls.js';
import { pagedList } from './paged.js';
import { createPanel, emptyLine } from './panel.js';
import { usageTable } from './usage-table.js';

/** @import { TenantUsagePage } from '../../api/tenant-usage/schema.ts' */

/** What each tenant has used up in this month, with dollars. @param {(problem: import('../api.js').Problem) => void} onKeyProblem */
export function tenantUsagePanel(onKeyProblem) {
  return createPanel('Usage of tenants in this month', load, onKeyProblem);

  async function load() {
    const { root, body, rowOf } = usageTable('Usage of tenants in this month', 'Tenant');
    let period = '';
    const bring = async (/** @type {string | undefined} */ cursor) => {
      const { from, to, tenants, cursor: next } = await listTenantUsage(cursor);
      period = `${dayText(from)} to ${dayText(to)}, in UTC. Dollars are an estimate by a price table.`;
      return { items: tenants, cursor: next };
    };
    const shown = await pagedList(root, bring, shownOf, {
      into: body,
      empty: emptyLine('There are no tenants yet.'),
      what: 'tenants',
    });
    return [...shown, emptyLine(period)];

    /** @param {TenantUsagePage['tenants'][number]} used */
    function shownOf({ tenant, total }) {
      return rowOf(tenant, total);
    }
  }
}
