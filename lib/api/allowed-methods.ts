import { OPERATIONS } from './openapi/operations.ts';

const METHODS = OPERATIONS.map(({ method, path }) => ({
  method: method.toUpperCase(),
  path: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}));

/** The methods that a path of the API knows, in alphabetical order; none where there is no such path. */
export function allowedMethods(path: string): readonly string[] {
  const known = METHODS.filter((one) => one.path.test(path)).map(({ method }) => method);
  return [...new Set(known.includes('GET') ? [...known, 'HEAD'] : known)].sort();
}
