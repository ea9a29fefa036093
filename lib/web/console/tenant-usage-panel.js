// @ts-check
import { countText, dayText, usdText } from './amounts.js';
import { listTenantUsage } from './calls.js';
import { pagedList } from './paged.js';
import { createPanel, emptyLine } from './panel.js';
import { numberTable } from './table.js';

/** @import { TenantUsagePage } from '../../api/tenant-usage/schema.ts' */

/** What each tenant has used up in this month, with dollars. @param {(problem: import('../api.js').Problem) => void} onKeyProblem */
export function tenantUsagePanel(onKeyProblem) {
  return createPanel('Usage of tenants in this month', load, onKeyProblem);

  async function load() {
    const { root, body, row } = numberTable('Usage of tenants in this month', [
      'Tenant',
      'Pictures',
      'Answers of the model',
      'Read units',
      'Write units',
      'Model',
      'Database',
      'Together',
    ]);
    let period = '';
    const bring = async (/** @type {string | undefined} */ cursor) => {
      const { from, to, tenants, cursor: next } = await listTenantUsage(cursor);
      period = `${dayText(from)} to ${dayText(to)}, in UTC. Dollars are an estimate by a price table.`;
      return { items: tenants, cursor: next };
    };
    const shown = await pagedList(root, bring, rowOf, {
      into: body,
      empty: emptyLine('There are no tenants yet.'),
      what: 'tenants',
    });
    return [...shown, emptyLine(period)];

    /** @param {TenantUsagePage['tenants'][number]} used */
    function rowOf({ tenant, total: { images, views, readUnits, writeUnits, usd } }) {
      return row(
        tenant,
        ...[images, views, readUnits, writeUnits].map(countText),
        ...[usd.model, usd.store, usd.total].map(usdText),
      );
    }
  }
}
