// @ts-check
import { element } from './element.js';
import { keyField, tryForm } from './try-it.js';

/**
 * What is read of openapi.json.
 * @import { Answer, Operation, Parameter } from './try-it.js'
 * @typedef {{
 *   info: { description: string }, paths: Record<string, Record<string, Operation>>,
 *   components: { schemas: Record<string, object>, responses: Record<string, Answer> },
 * }} Description
 */

/** @type {Description} */
const description = await (await fetch('/openapi.json')).json();

/** @param {string} id */
const place = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);
/** @param {{ path: string, method: string, operation: Operation }} entry */
function section({ path, method, operation }) {
  const { operationId, summary, parameters, requestBody, responses } = operation;
  const body = requestBody?.content['application/json']?.schema;
  return element(
    'section',
    { id: operationId },
    element('h2', {}, `${method} ${path}`),
    element('p', {}, `${summary}. ${operation.description}`),
    ...(parameters.length > 0 ? [parameterTable(parameters)] : []),
    ...(body ? [folded('Body', shown(body))] : []),
    folded('Example', exampleOf(path, method, operation)),
    tryForm(path, method, operation),
    folded('Answers', ...Object.entries(responses).map(answer)),
  );
}

/** @param {Parameter[]} parameters */
function parameterTable(parameters) {
  const rows = parameters.map(({ name, in: where, required, description: text = '', schema }) =>
    element(
      'tr',
      {},
      element('td', {}, element('code', {}, name)),
      element('td', {}, `${where}${required ? ', required' : ''}`),
      element('td', {}, text),
      element('td', {}, element('code', {}, JSON.stringify(schema))),
    ),
  );
  const head = ['Parameter', 'In', 'What', 'Schema'].map((title) => element('th', { scope: 'col' }, title));
  return element('table', {}, element('tr', {}, ...head), ...rows);
}

/** Problems are shared. @param {Operation['responses'][string]} response */
const resolved = (response) =>
  '$ref' in response
    ? /** @type {Answer} */ (description.components.responses[response.$ref.split('/').at(-1) ?? ''])
    : response;

/** @param {[string, Operation['responses'][string]]} entry */
function answer([status, response]) {
  const { description: text, content = {} } = resolved(response);
  const schema = content['application/json']?.schema;
  return element('div', {}, element('p', {}, `${status}: ${text}`), ...(schema ? [shown(schema)] : []));
}

/**
 * The request of the description's example.
 * @param {string} path
 * @param {string} method
 * @param {Operation} operation
 */
function exampleOf(path, method, { security, parameters, requestBody }) {
  const given = parameters.filter((parameter) => parameter.example !== undefined);
  const query = new URLSearchParams(
    given.filter(({ in: where }) => where === 'query').map(({ name, example }) => [name, String(example)]),
  ).toString();
  let filled = path;
  for (const { name, in: where, example } of given)
    if (where === 'path') filled = filled.replace(`{${name}}`, String(example));
  const body = requestBody?.content['application/json']?.example;
  const lines = [
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    ...(security?.length === 0 ? [] : ['-H "Authorization: Bearer $KEY"']),
    ...(body === undefined ? [] : [`-H 'content-type: application/json' -d '${JSON.stringify(body)}'`]),
    `"${location.origin}${filled}${query && `?${query}`}"`,
  ];
  return element('pre', {}, `curl ${lines.join(' \\\n  ')}`);
}

function sharedSchemas() {
  const shared = Object.entries(description.components.schemas);
  const parts = shared.map(([name, schema]) => folded(name, shown(schema)));
  return element('section', { id: 'schemas' }, element('h2', {}, 'Shared schemas'), ...parts);
}

/** @param {object} schema */
const shown = (schema) => element('pre', {}, JSON.stringify(schema, undefined, 2));

/**
 * @param {string} title
 * @param {...HTMLElement} content
 */
const folded = (title, ...content) => element('details', {}, element('summary', {}, title), ...content);

place('summary').textContent = description.info.description;
place('contents').before(keyField);
place('contents').append(
  element(
    'dl',
    {},
    ...[...new Set(operations.map(({ operation: { tags } }) => tags[0]))].map((tag) =>
      element(
        'div',
        {},
        element('dt', {}, tag ?? ''),
        ...operations
          .filter(({ operation: { tags } }) => tags[0] === tag)
          .map(({ path, method, operation: { operationId, summary } }) =>
            element('dd', {}, element('a', { href: `#${operationId}`, title: summary }, `${method} ${path}`)),
          ),
      ),
    ),
  ),
);
place('operations').replaceChildren(...operations.map(section), sharedSchemas());
document.getElementById(location.hash.slice(1))?.scrollIntoView();
