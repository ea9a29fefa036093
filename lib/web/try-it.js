// @ts-check
import { knownKey } from './api.js';
import { element } from './element.js';

/**
 * What is read of an operation of openapi.json.
 * @typedef {{ name: string, in: string, required: boolean, schema: object, description?: string,
 *   example?: unknown }} Parameter
 * @typedef {{ description: string, content?: Record<string, { schema: object }> }} Answer
 * @typedef {{
 *   operationId: string, tags: string[], summary: string, description: string, security?: object[], parameters: Parameter[],
 *   requestBody?: { content: Record<string, { schema: object, example?: unknown }> }, responses: Record<string, Answer | { $ref: string }>,
 * }} Operation
 */

/** The key that requests of this page are sent with: that of the search page, or one that is typed here, which nothing keeps. */
const key = element('input', {
  type: 'password',
  id: 'key',
  value: knownKey() ?? '',
  autocomplete: 'off',
  spellcheck: false,
});

export const keyField = element(
  'p',
  { className: 'key' },
  element('label', { htmlFor: 'key' }, 'Key for "Try it" '),
  key,
  ' It is sent to this service alone. Requests are real: what you change or delete here is changed or deleted.',
);

/**
 * A form that sends a real request, filled in as the example of the description.
 * @param {string} path with names in braces
 * @param {string} method
 * @param {Operation} operation
 */
export function tryForm(path, method, { operationId, security, parameters, requestBody }) {
  const fields = parameters
    .filter(({ in: where }) => where !== 'cookie')
    .map((parameter) => ({ parameter, input: inputFor(operationId, parameter) }));
  const example = requestBody?.content['application/json']?.example;
  const body =
    requestBody &&
    element('textarea', {
      id: `${operationId}-body`,
      rows: Math.min(16, pretty(example).split('\n').length + 1),
      spellcheck: false,
      value: pretty(example),
    });
  const send = element('button', { type: 'submit' }, 'Send');
  const answer = element('div', { className: 'answer' });
  answer.setAttribute('role', 'status');
  const form = element(
    'form',
    { className: 'try' },
    ...fields.map(({ parameter, input }) =>
      element('p', {}, element('label', { htmlFor: input.id }, parameter.name), input),
    ),
    ...(body ? [element('p', {}, element('label', { htmlFor: body.id }, 'Body'), body)] : []),
    send,
    answer,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send.disabled = true;
    answer.replaceChildren('…');
    const headers = new Headers();
    if (security?.length !== 0) headers.set('authorization', `Bearer ${key.value.trim()}`);
    if (body) headers.set('content-type', 'application/json');
    for (const { parameter, input } of fields)
      if (parameter.in === 'header' && input.value !== '') headers.set(parameter.name, input.value);
    void request(addressOf(path, fields), { method, headers, ...(body && { body: body.value }) })
      .then((shown) => answer.replaceChildren(...shown))
      .finally(() => (send.disabled = false));
  });
  return element('details', {}, element('summary', {}, 'Try it'), form);
}

/** @param {string} operationId @param {Parameter} parameter */
function inputFor(operationId, { name, required, schema, example }) {
  const id = `${operationId}-${name}`;
  const choices = 'enum' in schema && Array.isArray(schema.enum) ? schema.enum.map(String) : [];
  if ('type' in schema && schema.type === 'boolean') choices.push('false', 'true');
  if (choices.length > 0)
    return element('select', { id }, ...['', ...choices].map((choice) => element('option', {}, choice)));
  // What is optional is left out until somebody fills it in.
  const shown = example === undefined ? '' : String(example);
  const value = required ? shown : '';
  return element('input', { id, value, placeholder: shown, required, spellcheck: false });
}

/**
 * @param {string} path
 * @param {{ parameter: Parameter, input: HTMLInputElement | HTMLSelectElement }[]} fields
 */
function addressOf(path, fields) {
  let filled = path;
  const query = new URLSearchParams();
  for (const { parameter, input } of fields) {
    if (parameter.in === 'path')
      filled = filled.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    if (parameter.in === 'query' && input.value !== '') query.set(parameter.name, input.value);
  }
  return query.size > 0 ? `${filled}?${query.toString()}` : filled;
}

/** @param {string} address @param {RequestInit} init @returns {Promise<HTMLElement[]>} */
async function request(address, init) {
  const line = element('p', {}, element('code', {}, `${init.method ?? 'GET'} ${address}`));
  try {
    const startMs = performance.now();
    const response = await fetch(address, init);
    const text = await response.text();
    const ms = Math.round(performance.now() - startMs);
    line.append(` answered ${response.status} in ${ms} ms`);
    return [line, ...(text === '' ? [] : [element('pre', {}, asText(text))])];
  } catch {
    line.append(' was not answered: the service cannot be reached');
    return [line];
  }
}

/** @param {string} text */
function asText(text) {
  try {
    return pretty(JSON.parse(text));
  } catch {
    return text;
  }
}

/** @param {unknown} value */
const pretty = (value) => (value === undefined ? '' : JSON.stringify(value, undefined, 2));
