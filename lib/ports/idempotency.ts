import type { Owner, RequestToken } from '../domain/credential.ts';

/** An answer that was given, as it was given. */
export interface KeptAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * running: somebody works on this key now; done: with this answer; reused: the key was used for another request; begun:
 * this call has taken the key, and must finish or give it up. The token is the same for all attempts of the request.
 */
type Begun =
  | { readonly state: 'running' }
  | { readonly state: 'reused' }
  | { readonly state: 'begun'; readonly claim: string; readonly token: RequestToken }
  | { readonly state: 'done'; readonly answer: KeptAnswer };

/** What was asked under which key, so that asking again does nothing again. */
export interface Idempotency {
  /** @param request a digest of everything that the request asks for */
  begin(owner: Owner, key: string, request: string): Promise<Begun>;
  /** An answer that is too large to keep is given up. Does nothing where another has taken the key over. */
  finish(owner: Owner, key: string, claim: string, answer: KeptAnswer): Promise<void>;
  /** Lets the next attempt begin at once: what was asked may have been done in part. */
  giveUp(owner: Owner, key: string, claim: string): Promise<void>;
}
