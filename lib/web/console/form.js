// @ts-check
import { Problem } from '../api.js';
import { element } from '../element.js';
import { problemText } from './action.js';

/**
 * @typedef {object} Field
 * @property {string} name as the API names it
 * @property {string} label
 * @property {Partial<HTMLInputElement>} [input] properties of the box
 * @property {HTMLElement} [control] in the place of a box
 */

let forms = 0;

/**
 * A form of labelled boxes with one button. What the API says against a field stands below the form, and the keyboard goes to that field.
 * @param {string} name what the form is for
 * @param {readonly Field[]} fields
 * @param {string} text of the button
 * @param {(values: Record<string, string>) => Promise<unknown>} act hears the trimmed text of each box
 */
export function createForm(name, fields, text, act) {
  const id = `form-${(forms += 1)}`;
  /** @type {Map<string, HTMLInputElement>} */
  const boxes = new Map();
  const problem = element('p', { className: 'problem', role: 'alert', id: `${id}-problem` });
  const submit = element('button', { className: 'button main' }, text);
  const form = element('form', { className: 'boxes', ariaLabel: name }, ...fields.map(show), submit, problem);
  form.onsubmit = (event) => {
    event.preventDefault();
    void send();
  };
  return form;

  async function send() {
    submit.disabled = true;
    problem.textContent = '';
    for (const box of boxes.values()) box.ariaInvalid = null;
    try {
      await act(Object.fromEntries([...boxes].map(([field, { value }]) => [field, value.trim()])));
    } catch (error) {
      problem.textContent = problemText(error);
      const { place } = /** @type {Problem} */ (error);
      const box = boxes.get(place.field?.split('.').at(-1) ?? '');
      if (box) {
        box.ariaInvalid = 'true';
        box.focus();
      }
    } finally {
      submit.disabled = false;
    }
  }

  /** @param {Field} field */
  function show({ name: field, label, input = {}, control }) {
    if (control) return control;
    const box = element('input', { id: `${id}-${field}`, name: field, autocomplete: 'off', ...input });
    boxes.set(field, box);
    box.setAttribute('aria-describedby', problem.id);
    return element('p', { className: 'field' }, element('label', { htmlFor: box.id }, label), box);
  }
}
