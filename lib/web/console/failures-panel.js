// @ts-check
import { listFailed, Problem, retryImage } from '../api.js';
import { counted, element } from '../element.js';
import { follow } from '../following.js';
import { actionButton } from './action.js';
import { momentText } from './amounts.js';
import { listInWork } from './calls.js';
import { waitingGroups } from '../waiting.js';
import { createPanel, emptyLine, recordItem } from './panel.js';

/** @import { Image } from '../../api/images/image.ts' */

/** After this time the service sends a picture on by itself, as lib/steps/sweep/resume-images.ts has it. */
const STUCK_MS = 3_600_000;
/** That one question about how pictures stand may name. */
const FOLLOWED = 500;
/** Between two attempts of a request that came above the rate, and how many there are. */
const PAUSE_MS = 1_000;
const PATIENCE = 60;

/**
 * Pictures that cannot be found, by the reason why, and those that wait for long.
 * @param {{ mayRetry: boolean }} rights
 * @param {(problem: import('../api.js').Problem) => void} onKeyProblem
 */
export function failuresPanel({ mayRetry }, onKeyProblem) {
  const panel = createPanel('Failed and stuck pictures', load, onKeyProblem);
  /** That were tried again and are under way, with the state that counts no more. @type {Map<string, string>} */
  const retried = new Map();
  return panel;

  async function load() {
    const [{ images, isAll }, received, described, parked] = await Promise.all([
      listFailed(),
      listInWork('received'),
      listInWork('described'),
      listInWork('waiting'),
    ]);
    const failed = images.filter(({ id }) => !retried.has(id));
    const groups = [...Map.groupBy(failed, ({ failure }) => failure?.code ?? '').values()];
    const waiting = [...received.images, ...described.images].filter(({ id }) => !retried.has(id));
    return [
      ...(failed.length === 0 ? [emptyLine('No picture has failed.')] : []),
      element(
        'ul',
        { className: 'records' },
        ...groups.toSorted((a, b) => b.length - a.length).map(groupItem),
      ),
      ...(isAll ? [] : [emptyLine('There may be more: “gloss list --status failed” has all.')]),
      ...(retried.size > 0 ? [emptyLine(`${counted(retried.size, 'picture')} being tried again.`)] : []),
      ...parkedLines(parked.images, parked.cursor !== undefined),
      ...stuckLines(waiting, received.cursor !== undefined || described.cursor !== undefined),
    ];
  }

  /** Pictures that failed for one reason. @param {Image[]} group */
  function groupItem(group) {
    const { reason = 'no reason is known', retryable = false } = group[0]?.failure ?? {};
    const mayTry = retryable && mayRetry;
    const all = group.length === 1 ? 'Try again' : `Try all ${group.length} again`;
    return recordItem(
      [element('b', {}, counted(group.length, 'picture')), ` ${reason}`],
      retryable ? [] : ['Trying again does not help: add a better file, or delete these among the pictures.'],
      mayTry ? [actionButton(all, (tell) => retry(group, tell), { label: `${all}: ${reason}` })] : [],
      element(
        'details',
        { className: 'names' },
        element('summary', {}, group.length === 1 ? 'Its name' : 'Their names'),
        element('ul', {}, ...group.map((image) => nameItem(image, mayTry))),
      ),
    );
  }

  /** @param {Image} image @param {boolean} mayTry */
  function nameItem(image, mayTry) {
    const again = actionButton('Try again', (tell) => retry([image], tell), {
      label: `Try again: ${image.name}`,
    });
    return element('li', {}, element('span', {}, image.name), ' ', ...(mayTry ? [again] : []));
  }

  /** @param {readonly Image[]} images @param {(progress: string) => void} tell @throws {Problem} at the first that is not taken */
  async function retry(images, tell) {
    /** @type {Map<string, string>} */
    const begun = new Map();
    try {
      for (const [i, { id }] of images.entries()) {
        if (images.length > 1) tell(`${i} of ${images.length} …`);
        const { sequencer } = await retryInTurn(id);
        begun.set(id, sequencer);
        retried.set(id, sequencer);
      }
    } finally {
      void followAll(begun);
    }
    await panel.refresh();
  }

  /** @param {ReadonlyMap<string, string>} begun */
  async function followAll(begun) {
    const entries = [...begun];
    for (let i = 0; i < entries.length; i += FOLLOWED) {
      const some = entries.slice(i, i + FOLLOWED);
      // Whoever asks next hears why nobody tells.
      await follow(new Map(some), settle, () => panel.root.isConnected).catch(() => undefined);
      settle(some.map(([id]) => ({ id })));
    }
  }

  /** @param {readonly { id: string }[]} images */
  function settle(images) {
    const known = images.filter(({ id }) => retried.delete(id));
    if (known.length > 0) void panel.refresh();
  }
}

/** Asks again, for a minute, where the tenant has used up its rate. @param {string} id @throws {Problem} */
async function retryInTurn(id) {
  for (let left = PATIENCE; ; left -= 1) {
    try {
      return await retryImage(id);
    } catch (error) {
      if (!(error instanceof Problem) || error.place.code !== 'rate_limit' || left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/** What waits is no failure. @param {readonly Image[]} images @param {boolean} areMore */
const parkedLines = (images, areMore) =>
  waitingGroups(images).map(({ count, text }) =>
    element(
      'p',
      {},
      element('b', {}, `${areMore ? 'At least ' : ''}${counted(count, 'picture')} waiting`),
      `: ${text}`,
    ),
  );

/** @param {readonly Image[]} waiting @param {boolean} areMore */
function stuckLines(waiting, areMore) {
  if (waiting.length === 0) return [];
  const stuck = waiting
    .filter(({ updatedAt }) => Date.now() - Date.parse(updatedAt) > STUCK_MS)
    .toSorted((a, b) => a.updatedAt.localeCompare(b.updatedAt));
  const least = areMore ? 'at least ' : '';
  const lines = [emptyLine(`Being looked at: ${least}${counted(waiting.length, 'picture')}.`)];
  if (stuck.length === 0) return lines;
  return [
    ...lines,
    element(
      'p',
      {},
      element('b', {}, `${counted(stuck.length, 'picture')} for more than an hour`),
      ': the service sends them on by itself. If they stay, tell the operator.',
    ),
    element(
      'ul',
      {},
      ...stuck.map(({ name, updatedAt }) => element('li', {}, `${name}, since ${momentText(updatedAt)}`)),
    ),
  ];
}
