import type { z } from 'zod';
import type { Scope } from '../../domain/credential.ts';

/** One request that the API answers, as lib/api/openapi/document.ts describes it to programs and people. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With parameters in braces, as OpenAPI writes them. */
  readonly path: `/${string}`;
  readonly id: string;
  /** What it is about. */
  readonly tag: Tag;
  readonly summary: string;
  /** Whose credential it takes: a tenant's with this scope, any of a tenant, the operator's, or none. */
  readonly access: Scope | 'tenant' | 'operator' | 'public';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The status of success, with the body where there is one. */
  readonly success: { readonly status: number; readonly description: string; readonly body?: z.ZodType };
  /** Statuses of problems beside those that every operation may answer with. */
  readonly problems?: readonly number[];
  /**
   * What a write answers that comes again with its Idempotency-Key; absent: as before. `again`: it is done again, which changes
   * nothing, and nothing is kept of it. `refused`: its answer shows a secret once, so that nothing is kept of that.
   */
  readonly retry?: 'again' | 'refused';
  readonly example: Example;
}

/** A request that succeeds, with its answer. A test sends it and compares all but times, addresses, secrets and keys' ids. */
export interface Example {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly answer?: unknown;
}

/** Operations by subject, in the order of the description. */
export const TAGS = {
  search: 'Finding images by words',
  images: 'Images, their states and their words',
  uploads: 'Pictures in',
  documents: 'Words in and out',
  keys: 'API keys of a tenant',
  webhook: 'Being told how images stand',
  usage: 'What was used up',
  tenants: 'The operator’s: customers of the deployment',
  health: 'Whether the service answers',
} as const;
type Tag = keyof typeof TAGS;
