import type { z } from 'zod';
import type { Scope } from '../../domain/credential.ts';

/** One request that the API answers, as lib/api/openapi/document.ts describes it to programs and people. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With parameters in braces, as OpenAPI writes them. */
  readonly path: `/${string}`;
  readonly id: string;
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
}
