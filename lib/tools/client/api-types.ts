import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { openApiDocument } from '../../api/openapi/document.ts';
import { OPERATIONS } from '../../api/openapi/operations.ts';

const HEAD = `/**
 * The types of the API, made of its OpenAPI document by \`npm run client-types\`. Not edited by hand.
 */
`;

/** What the client needs of all that openapi-typescript declares: the rest says the same by path. */
const KEPT = ['components', 'operations'];

/** The text of lib/client/api-types.ts: types by openapi-typescript, and where each operation is asked. */
export async function apiTypes(path: string): Promise<string> {
  const declared = await openapiTS(withoutExamples(openApiDocument()) as never, {
    immutable: true,
    defaultNonNullable: false, // what has a default may be left out of a request
  });
  const kept = declared.filter(
    (node) => 'name' in node && KEPT.includes((node.name as { text: string }).text),
  );
  const routes = OPERATIONS.map(
    ({ id, method, path: route }) => `${id}: ['${method.toUpperCase()}', '${route}'],`,
  );
  const text = `${HEAD}${astToString(kept)}
/** Method and path of every operation. */
export const ROUTES = {\n${routes.join('\n')}\n} as const;\n`;
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}

/** Whole requests and answers would stand in comments; the page /reference shows them. */
const withoutExamples = (document: object): unknown =>
  JSON.parse(JSON.stringify(document, (name, value: unknown) => (name === 'example' ? undefined : value)));
