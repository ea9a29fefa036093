// @ts-check
import { counted, element } from '../element.js';
import { actionButton } from './action.js';
import { countText, momentText } from './amounts.js';
import { rebuildIndex, showIndex } from './calls.js';
import { createPanel } from './panel.js';

/** What a tenant's index holds, for the operator. @param {string} tenant @param {(problem: import('../api.js').Problem) => void} onKeyProblem */
export function indexPanel(tenant, onKeyProblem) {
  const panel = createPanel(`Index of ${tenant}`, load, onKeyProblem);
  return panel;

  async function load() {
    const { documents, segments, stale, leftOut, rebuild } = await showIndex(tenant);
    const begin = async () => {
      await rebuildIndex(tenant);
      await panel.refresh();
    };
    return [
      element('p', {}, `Pictures and texts: ${countText(documents)}. Segments: ${countText(segments)}.`),
      ...(stale ? [element('p', {}, 'Its words were made by older rules: make it again.')] : []),
      ...(leftOut === undefined
        ? []
        : [
            element(
              'p',
              {},
              `${counted(leftOut, 'picture')} left out, whose record or words are lost or damaged: “gloss check” names them.`,
            ),
          ]),
      ...(rebuild === undefined
        ? [
            actionButton('Make it again', begin, {
              label: `Make it again: the index of ${tenant}`,
              confirm: {
                question: 'Make the index again? Searches go on in the one that is there.',
                yes: 'Make it again',
              },
            }),
          ]
        : [
            element(
              'p',
              {},
              `Being made again since ${momentText(rebuild.startedAt)}: ${countText(rebuild.done)} of ${countText(rebuild.total)}. `,
            ),
            actionButton('Look again', panel.refresh, { label: `Look again: the index of ${tenant}` }),
          ]),
    ];
  }
}
