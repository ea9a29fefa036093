// @ts-check
import { element } from './element.js';

/**
 * What is read of openapi.json.
 * @typedef {{ name: string, in: string, required: boolean, schema: object }} Parameter
 * @typedef {{ description: string, content?: Record<string, { schema: object }> }} Answer
 * @typedef {{
 *   operationId: string, summary: string, description: string, security?: object[], parameters: Parameter[],
 *   requestBody?: { content: Record<string, { schema: object }> }, responses: Record<string, Answer>,
 * }} Operation
 * @typedef {{
 *   info: { description: string }, paths: Record<string, Record<string, Operation>>,
 *   components: { schemas: Record<string, object> },
 * }} Description
 */

/** @type {Description} */
const description = await (await fetch('/openapi.json')).json();

/** @param {string} id */
const place = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);
place('summary').textContent = description.info.description;
place('contents').append(
  element(
    'ul',
    {},
    ...operations.map(({ operation: { operationId, summary } }) =>
      element('li', {}, element('a', { href: `#${operationId}` }, summary)),
    ),
  ),
);
place('operations').replaceChildren(...operations.map(section), sharedSchemas());
document.getElementById(location.hash.slice(1))?.scrollIntoView();

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
    folded('Example', example(path, method, operation)),
    folded('Answers', ...Object.entries(responses).map(answer)),
  );
}

/** @param {Parameter[]} parameters */
function parameterTable(parameters) {
  const rows = parameters.map(({ name, in: where, required, schema }) =>
    element(
      'tr',
      {},
      element('td', {}, element('code', {}, name)),
      element('td', {}, `${where}${required ? ', required' : ''}`),
      element('td', {}, element('code', {}, JSON.stringify(schema))),
    ),
  );
  const head = ['Parameter', 'In', 'Schema'].map((title) => element('th', { scope: 'col' }, title));
  return element('table', {}, element('tr', {}, ...head), ...rows);
}

/** @param {[string, Answer]} entry */
function answer([status, { description: text, content = {} }]) {
  const schema = content['application/json']?.schema;
  return element('div', {}, element('p', {}, `${status}: ${text}`), ...(schema ? [shown(schema)] : []));
}

/**
 * @param {string} path
 * @param {string} method
 * @param {Operation} operation
 */
function example(path, method, { security, parameters, requestBody }) {
  const needed = parameters.filter(({ in: where, required }) => where === 'query' && required);
  const query = needed.map(({ name }) => `${name}=...`).join('&');
  const lines = [
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    ...(security ? ['-H "Authorization: Bearer $KEY"'] : []),
    ...(requestBody ? [`-H 'content-type: application/json' -d '{...}'`] : []),
    `"${location.origin}${path}${query && `?${query}`}"`,
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
