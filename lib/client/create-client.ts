import { hc } from 'hono/client';
import type { Routes } from '../api/app.ts';

/**
 * A client of the API whose paths, parameters and answers the compiler knows (docs/api.md has examples). It has no code of
 * its own: methods are made of the routes' types.
 * @param endpoint such as `https://abc.execute-api.eu-west-1.amazonaws.com`
 * @param credential an API key (`gls_...`), or a token of the trusted issuer
 * @param send in place of fetch
 */
export function createClient(endpoint: string, credential: string, send: typeof fetch = fetch) {
  return hc<Routes>(endpoint, { headers: { authorization: `Bearer ${credential}` }, fetch: send });
}

/** What createClient gives. */
export type Client = ReturnType<typeof createClient>;
