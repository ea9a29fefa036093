// @ts-check
import { counted, element } from '../element.js';
import { actionButton } from './action.js';
import { bytesText, momentText } from './amounts.js';
import { adoptStrays, listStrayNames, listStrays } from './calls.js';
import { pagedList } from './paged.js';
import { createPanel, emptyLine, recordItem } from './panel.js';

/** Originals that came for tenants that were not there. @param {(problem: import('../api.js').Problem) => void} onKeyProblem */
export function straysPanel(onKeyProblem) {
  const told = element('div', { role: 'status' });
  const panel = createPanel('Strays', load, onKeyProblem);
  return panel;

  async function load() {
    const bring = async (/** @type {string | undefined} */ cursor) => {
      const { tenants, cursor: next } = await listStrayNames(cursor);
      return { items: tenants.map(String), cursor: next };
    };
    const shown = await pagedList(element('ul', { className: 'records' }), bring, nameItem, {
      empty: emptyLine('No picture has come for a tenant that was not there.'),
      what: 'names',
    });
    return [told, ...shown];
  }

  /** @param {string} tenant */
  function nameItem(tenant) {
    const list = element('ul');
    const details = element('details', {}, element('summary', {}, `Pictures for ${tenant}`), list);
    details.addEventListener('toggle', () => {
      if (details.open) void showStrays(tenant, list);
    });
    const adopt = actionButton('Give them to the tenant', (tell) => adoptAll(tenant, tell), {
      label: `Give them to the tenant: ${tenant}`,
    });
    return recordItem([element('b', {}, tenant)], [], [adopt], details);
  }

  /** @param {string} tenant @param {HTMLElement} list */
  async function showStrays(tenant, list) {
    try {
      const { strays, cursor } = await listStrays(tenant);
      list.replaceChildren(
        ...strays.map(({ name, bytes, storedAt, expiresAt }) =>
          element(
            'li',
            {},
            `${name}, ${bytesText(bytes)}, came ${momentText(storedAt)}, is removed ${momentText(expiresAt)}`,
          ),
        ),
        ...(strays.length === 0 ? [element('li', {}, 'None is left.')] : []),
        ...(cursor === undefined ? [] : [element('li', {}, 'There are more: “gloss strays” has all.')]),
      );
    } catch (error) {
      list.replaceChildren(
        element('li', { className: 'problem' }, error instanceof Error ? error.message : ''),
      );
    }
  }

  /** @param {string} tenant @param {(progress: string) => void} tell */
  async function adoptAll(tenant, tell) {
    let adopted = 0;
    /** @type {import('../../api/strays/schema.ts').Adoption['refused'][number][]} */
    const refused = [];
    /** @type {string | undefined} */
    let cursor;
    do {
      const answer = await adoptStrays(tenant, cursor);
      adopted += answer.adopted;
      refused.push(...answer.refused);
      ({ cursor } = answer);
      tell(`${counted(adopted, 'picture')} …`);
    } while (cursor !== undefined);
    told.replaceChildren(
      element('p', {}, `${tenant} was given ${counted(adopted, 'picture')}.`),
      ...refused.map(({ name, code }) => element('p', { className: 'hint' }, `${name} stays: ${WHY[code]}`)),
    );
    await panel.refresh();
  }
}

const WHY = {
  own_image: 'the tenant has a picture of that name',
  deleted: 'it was deleted',
  too_large: 'it has too many bytes',
  quota: 'it is above a limit of the tenant',
};
