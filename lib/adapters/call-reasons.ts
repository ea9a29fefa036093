/** Codes of Node.js and of OpenSSL that a tenant can do something about. */
const REASONS: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^ECONNREFUSED$/, 'refused the connection'],
  [/^(?:ECONNRESET|EPIPE|ECONNABORTED)$/, 'broke the connection off'],
  [/^(?:ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/, 'cannot be reached'],
  [/^HPE_HEADER_OVERFLOW$/, 'answered with too many headers'],
  [/^HPE_/, 'did not answer in HTTP/1.1'],
  [/^(?:CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/, 'has no valid certificate'],
  [/^(?:ERR_SSL|ERR_TLS|EPROTO)/, 'did not agree on TLS'],
];

/** What a failure of a connection means, in a few words that hold nothing of what the other side sent. */
export function reasonOf(cause: unknown): string {
  const code = codeOf(cause);
  return REASONS.find(([pattern]) => pattern.test(code))?.[1] ?? 'did not answer';
}

/** When several addresses were tried, the failure of the first. */
function codeOf(cause: unknown): string {
  const { code, errors } = (cause ?? {}) as { readonly code?: unknown; readonly errors?: readonly unknown[] };
  if (typeof code === 'string') return code;
  return errors?.length ? codeOf(errors[0]) : '';
}
