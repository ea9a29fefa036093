// @ts-check
import { element } from '../element.js';
import { actionButton } from './action.js';
import { dayText, momentText } from './amounts.js';
import { createKey, listKeys, revokeKey, rotateKey } from './calls.js';
import { createForm } from './form.js';
import { createPanel, emptyLine, recordItem } from './panel.js';
import { shownSecret } from './shown-once.js';

/** @import { Key, NewKey } from '../../api/keys/schema.ts' */

/** As lib/domain/credential.ts has them. */
const SCOPES = /** @type {const} */ ([
  ['search', 'search and see pictures'],
  ['upload', 'add pictures and words'],
  ['delete', 'delete pictures'],
  ['admin', 'keys, webhook and export'],
]);
const DAY_SEC = 86_400;
const LIVES = /** @type {const} */ ([
  ['', 'never'],
  ['1', 'in a day'],
  ['30', 'in 30 days'],
  ['90', 'in 90 days'],
  ['365', 'in a year'],
]);

/**
 * Keys of a tenant: those that there are, with how to replace or end each, and how to make one.
 * @param {string} title
 * @param {{ ownKey?: string | undefined, tenant?: string }} whose the id of the key that the page is open by; the tenant, for the operator
 * @param {(problem: import('../api.js').Problem) => void} onKeyProblem
 */
export function keysPanel(title, { ownKey, tenant }, onKeyProblem) {
  /** Above the list, and there until somebody closes it. */
  const secrets = element('div');
  const panel = createPanel(title, load, onKeyProblem);
  return panel;

  async function load() {
    const { keys } = await listKeys(tenant);
    const list = element('ul', { className: 'records' }, ...keys.map(keyItem));
    return [
      secrets,
      keys.length === 0 ? emptyLine('There are no keys.') : list,
      element('details', {}, element('summary', {}, 'Make a key'), makingForm()),
    ];
  }

  /** @param {NewKey} made */
  function show({ key, id, name }) {
    const { root, focus } = shownSecret(`The key ${name || id}`, key, {
      hint: 'It is shown this once. Copy it to where it is used: nobody can see it again.',
      close: 'I have it',
    });
    secrets.append(root);
    focus();
  }

  /** @param {Key} key */
  function keyItem({ id, name, scopes, createdAt, expiresAt, lastUsedAt }) {
    const called = name || id;
    const isOver = expiresAt !== undefined && new Date(expiresAt) <= new Date();
    const isOwn = id === ownKey;
    const facts = [
      `May ${scopes.join(', ')}${isOwn ? ' · this page is open by it' : ''}`,
      [
        `made ${dayText(createdAt)}`,
        lastUsedAt === undefined ? 'never used' : `last used ${momentText(lastUsedAt)}`,
        expiresAt === undefined
          ? 'never expires'
          : `${isOver ? 'expired' : 'expires'} ${momentText(expiresAt)}`,
      ].join(' · '),
    ];
    const rotate = async () => {
      const made = await rotateKey(id, tenant);
      await panel.refresh();
      show(made);
    };
    const revoke = async () => {
      await revokeKey(id, tenant);
      await panel.refresh();
    };
    const own = isOwn ? ' This page is open by it, and closes.' : '';
    return recordItem([element('b', {}, name || 'without a name'), ' ', element('code', {}, id)], facts, [
      ...(isOver
        ? []
        : [
            actionButton('Replace', rotate, {
              label: `Replace the key ${called}`,
              confirm: {
                question: `Make another key for ${called}? The old one opens for a day more.`,
                yes: 'Replace',
              },
            }),
          ]),
      actionButton('Revoke', revoke, {
        label: `Revoke the key ${called}`,
        isDanger: true,
        confirm: { question: `End ${called} at once?${own}`, yes: 'Revoke' },
      }),
    ]);
  }

  function makingForm() {
    const boxes = SCOPES.map(([scope, meaning]) => {
      const box = element('input', { type: 'checkbox', value: scope, checked: scope === 'search' });
      return { box, label: element('label', {}, box, ` ${scope}: ${meaning}`) };
    });
    const scopes = element(
      'fieldset',
      {},
      element('legend', {}, 'It may'),
      ...boxes.map(({ label }) => label),
    );
    const lives = element('select', {}, ...LIVES.map(([value, text]) => element('option', { value }, text)));
    const expires = element('p', { className: 'field' }, element('label', {}, 'It expires ', lives));
    return createForm(
      'Make a key',
      [
        { name: 'name', label: 'What it is for', input: { maxLength: 100, placeholder: 'such as kiosk' } },
        { name: 'scopes', label: '', control: scopes },
        { name: 'expiresInSec', label: '', control: expires },
      ],
      'Make the key',
      async ({ name = '' }) => {
        const days = Number(lives.value);
        const made = await createKey(
          {
            name,
            scopes: boxes.filter(({ box }) => box.checked).map(({ box }) => box.value),
            ...(days > 0 && { expiresInSec: days * DAY_SEC }),
          },
          tenant,
        );
        await panel.refresh();
        show(made);
      },
    );
  }
}
