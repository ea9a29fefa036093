// @ts-check
import { element } from '../element.js';
import { actionButton } from './action.js';
import { momentText } from './amounts.js';
import { rotateSecret, setWebhook, showWebhook, testWebhook } from './calls.js';
import { createForm } from './form.js';
import { createPanel } from './panel.js';
import { shownSecret } from './shown-once.js';

/** Where the tenant hears of its pictures. @param {(problem: import('../api.js').Problem) => void} onKeyProblem */
export function webhookPanel(onKeyProblem) {
  const panel = createPanel('Webhook', load, onKeyProblem);
  return panel;

  async function load() {
    const { url, secret, oldSecretEndsAt } = await showWebhook();
    const state = element(
      'p',
      {},
      ...(url === null
        ? ['Nobody is told how pictures stand. Name an address, and it hears of each change.']
        : ['Each change of a picture is told to ', element('code', {}, url), '.']),
    );
    const address = createForm(
      'Address of the webhook',
      [
        {
          name: 'url',
          label: 'Address',
          input: { type: 'url', value: url ?? '', maxLength: 1000, required: true, placeholder: 'https://…' },
        },
      ],
      'Save',
      async ({ url: wanted = '' }) => {
        await setWebhook(wanted);
        await panel.refresh();
      },
    );
    return url === null ? [state, address] : [state, address, ...ofAddress(secret, oldSecretEndsAt)];
  }

  /** @param {string} secret @param {string} [oldSecretEndsAt] */
  function ofAddress(secret, oldSecretEndsAt) {
    const told = element('p', { role: 'status' });
    const secrets = element('div');
    const test = actionButton('Send a test', async () => {
      told.textContent = '';
      const { delivered, reason } = await testWebhook();
      told.textContent = delivered ? 'The test was taken.' : `The test was not taken: ${reason}.`;
    });
    const show = async () => {
      const { root, focus } = shownSecret('Secret of the webhook', secret, {
        hint: 'Messages are signed with it, as Standard Webhooks are.',
        close: 'Hide',
      });
      secrets.replaceChildren(root);
      focus();
    };
    const rotate = async () => {
      await rotateSecret();
      await panel.refresh();
    };
    const remove = async () => {
      await setWebhook(null);
      await panel.refresh();
    };
    return [
      element(
        'div',
        { className: 'acts' },
        test,
        actionButton('Show the secret', show),
        actionButton('Replace the secret', rotate, {
          confirm: {
            question: 'Make another secret? The old one signs beside it for a day more.',
            yes: 'Replace',
          },
        }),
        actionButton('Remove the webhook', remove, {
          isDanger: true,
          confirm: { question: 'Tell nobody any more?', yes: 'Remove' },
        }),
      ),
      told,
      secrets,
      ...(oldSecretEndsAt === undefined
        ? []
        : [
            element(
              'p',
              { className: 'hint' },
              `The secret before signs, too, until ${momentText(oldSecretEndsAt)}.`,
            ),
          ]),
    ];
  }
}
