import { OPERATIONS } from './openapi/operations.ts';

const METHODS = OPERATIONS.map(({ method, path }) => ({
  method: method.toUpperCase(),
  path,
  pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}));

/**
 * The methods that a path of the API knows, in alphabetical order; none where there is no such path. A path that is written out is no other
 * with a parameter: `/v1/images/status` is no image.
 */
export function allowedMethods(path: string): readonly string[] {
  const matching = METHODS.filter((one) => one.pattern.test(path));
  const written = matching.filter((one) => one.path === path);
  const known = (written.length > 0 ? written : matching).map(({ method }) => method);
  return [...new Set(known.includes('GET') ? [...known, 'HEAD'] : known)].sort();
}
