/** What AWS knows of a request when it decides; names of keys in lower case. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

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
  let source = '';
  for (const [part, variable, wildcard] of pattern.matchAll(/\$\{([^}]+)\}|([*?])|[^*?$]+|\$/g)) {
    if (variable !== undefined) {
      const values = context.get(variable.toLowerCase());
      if (values?.length !== 1) return false;
      source += RegExp.escape(values[0]!);
    } else if (wildcard !== undefined && wildcards) {
      source += wildcard === '*' ? '.*' : '.';
    } else {
      source += RegExp.escape(part);
    }
  }
  return new RegExp(`^${source}$`, 's').test(text);
}
