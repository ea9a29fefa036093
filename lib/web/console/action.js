// @ts-check
import { Problem } from '../api.js';
import { element } from '../element.js';

/** What went wrong, as a sentence. @param {unknown} error @throws whatever is no answer of the API */
export function problemText(error) {
  if (!(error instanceof Problem)) throw error;
  return `${error.message[0]?.toUpperCase()}${error.message.slice(1)}.`;
}

/**
 * A button that does one thing, and says beside it how that goes: what it is at, or why it could not be done.
 * @param {string} text
 * @param {(tell: (progress: string) => void) => Promise<unknown>} act
 * @param {object} [how]
 * @param {string} [how.label] for whoever does not see what stands around the button
 * @param {{ question: string, yes: string }} [how.confirm] what is asked before, and the button that says yes
 * @param {boolean} [how.isDanger]
 */
export function actionButton(text, act, { label, confirm, isDanger = false } = {}) {
  const className = isDanger ? 'button danger' : 'button';
  const button = element('button', { type: 'button', className, ...(label && { ariaLabel: label }) }, text);
  const progress = element('span', { className: 'hint', role: 'status' });
  const problem = element('span', { className: 'problem', role: 'alert' });
  const root = element('span', { className: 'action' }, button, progress, problem);
  button.onclick = () => (confirm ? askFirst(confirm) : void run());
  return root;

  async function run() {
    button.disabled = true;
    problem.textContent = '';
    try {
      await act((said) => (progress.textContent = said));
      progress.textContent = '';
    } catch (error) {
      progress.textContent = '';
      problem.textContent = problemText(error);
    } finally {
      button.disabled = false;
    }
  }

  /** @param {{ question: string, yes: string }} asked */
  function askFirst({ question, yes }) {
    const agree = element('button', { type: 'button', className }, yes);
    const keep = element('button', { type: 'button', className: 'button' }, 'Cancel');
    const box = element(
      'span',
      { className: 'confirm', role: 'group', ariaLabel: question },
      element('span', {}, question),
      agree,
      keep,
    );
    button.hidden = true;
    button.after(box);
    keep.focus();
    const close = () => {
      box.remove();
      button.hidden = false;
      button.focus();
    };
    keep.onclick = close;
    box.onkeydown = ({ key }) => key === 'Escape' && close();
    agree.onclick = () => {
      close();
      void run();
    };
  }
}
