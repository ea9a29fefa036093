import type { Owner } from '../domain/credential.ts';

/** An answer that was given, as it was given. */
export interface KeptAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * running: somebody works on this key now; done: with this answer; reused: the key was used for another request; begun:
 * this call has taken the key, and must finish or give it up.
 */
type Begun =
  | { readonly state: 'running' }
  | { readonly state: 'reused' }
  | { readonly state: 'begun'; readonly claim: string }
  | { readonly state: 'done'; readonly answer: KeptAnswer };

/** What was asked under which key, so that asking again does nothing again. */
export interface Idempotency {
  /** @param request a digest of everything that the request asks for */
  begin(owner: Owner, key: string, request: string): Promise<Begun>;
  /** An answer that is too large to keep is given up. Does nothing where another has taken the key over. */
  finish(owner: Owner, key: string, claim: string, answer: KeptAnswer): Promise<void>;
  /** Lets somebody else begin: what was asked has not been done. */
  giveUp(owner: Owner, key: string, claim: string): Promise<void>;
}
