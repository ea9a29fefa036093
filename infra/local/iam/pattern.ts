import { lruMap } from '../../../lib/adapters/lru-map.ts';

/** What AWS knows of a request when it decides; names of keys in lower case. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

/** A piece of a pattern: the source of a regular expression, or the name of a condition key in lower case. */
type Piece = { readonly source: string } | { readonly variable: string };

/** A pattern taken apart: a regular expression when it has no variable. */
type Pattern = RegExp | readonly Piece[];

/** Policies have few patterns, and every request is held to many of them. */
const takenApart = lruMap<string, Pattern>(5_000);

/**
 * Whether a text fits a pattern of a policy: `*` is any number of characters, `?` one, `${key}` the request's value of a
 * condition key, taken literally whatever characters it has. A variable without a value fits nothing.
 * Source: "IAM policy elements: Variables and tags", IAM User Guide.
 */
export function matchesPattern(
  pattern: string,
  text: string,
  context: RequestContext,
  { wildcards = true }: { readonly wildcards?: boolean } = {},
): boolean {
  const parts = partsOf(pattern, wildcards);
  if (parts instanceof RegExp) return parts.test(text);
  let source = '';
  for (const piece of parts) {
    if ('source' in piece) {
      source += piece.source;
      continue;
    }
    const values = context.get(piece.variable);
    if (values?.length !== 1) return false;
    source += RegExp.escape(values[0]!);
  }
  return whole(source).test(text);
}

function partsOf(pattern: string, wildcards: boolean): Pattern {
  const name = `${wildcards ? 'wild' : 'plain'} ${pattern}`;
  const known = takenApart.get(name);
  if (known) return known;
  const pieces = Array.from(pattern.matchAll(/\$\{([^}]+)\}|([*?])|[^*?$]+|\$/g), (match): Piece => {
    const [part, variable, wildcard] = match;
    if (variable !== undefined) return { variable: variable.toLowerCase() };
    if (wildcard === undefined || !wildcards) return { source: RegExp.escape(part) };
    return { source: wildcard === '*' ? '.*' : '.' };
  });
  const sources = pieces.flatMap((piece) => ('source' in piece ? [piece.source] : []));
  const parts = sources.length === pieces.length ? whole(sources.join('')) : pieces;
  takenApart.set(name, parts);
  return parts;
}

const whole = (source: string): RegExp => new RegExp(`^${source}$`, 's');
