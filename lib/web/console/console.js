// @ts-check
import { isConsoleAddress } from '../address.js';
import { knownKey, whoIs } from '../api.js';
import { element, elementById } from '../element.js';
import { failuresPanel } from './failures-panel.js';
import { keysPanel } from './keys-panel.js';
import { limitsPanel } from './limits-panel.js';
import { straysPanel } from './strays-panel.js';
import { tenantUsagePanel } from './tenant-usage-panel.js';
import { tenantsPanel } from './tenants-panel.js';
import { usagePanel } from './usage-panel.js';
import { webhookPanel } from './webhook-panel.js';

/** @import { Me, Problem } from '../api.js' */

const root = elementById('console', HTMLElement);

/**
 * Shows what the key that is known may see and do beside the pictures.
 * @param {(problem: Problem) => void} onKeyProblem hears that the key opens nothing any more
 * @throws {Problem} where nobody tells whose the key is
 */
export async function openConsole(onKeyProblem) {
  const { me, problem } = await whoIs(knownKey() ?? '');
  if (problem) throw problem;
  if (me === undefined || !isConsoleAddress()) return;
  document.title = 'Console · Gloss';
  elementById('pictures-link', HTMLAnchorElement).href = location.pathname + location.search;
  const panels = panelsOf(me, onKeyProblem);
  const heading = element('h2', { tabIndex: -1 }, 'Console of ', me.tenant);
  root.replaceChildren(heading, ...panels.map((panel) => panel.root));
  if (panels.length === 0) root.append(nothingFor(me));
  heading.focus({ preventScroll: true });
  scrollTo({ top: 0 });
  await Promise.all(panels.map(({ refresh }) => refresh()));
}

/** @param {Me} me @param {(problem: Problem) => void} onKeyProblem */
function panelsOf({ scopes, keyId }, onKeyProblem) {
  if (scopes.includes('operator'))
    return [tenantsPanel(onKeyProblem), tenantUsagePanel(onKeyProblem), straysPanel(onKeyProblem)];
  if (!scopes.includes('admin')) return [];
  return [
    usagePanel(onKeyProblem),
    limitsPanel(onKeyProblem),
    ...(scopes.includes('search')
      ? [failuresPanel({ mayRetry: scopes.includes('upload') }, onKeyProblem)]
      : []),
    keysPanel('Keys', { ownKey: keyId }, onKeyProblem),
    webhookPanel(onKeyProblem),
  ];
}

/** @param {Me} me */
const nothingFor = ({ scopes }) =>
  element(
    'p',
    {},
    `This key may ${scopes.join(', ')}. The console needs a key with the scope admin: ask whoever gave you this one.`,
  );
