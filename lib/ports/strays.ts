import type { TenantId } from '../domain/ids.ts';
import type { Stray } from '../domain/stray.ts';
import type { Unreadable } from '../domain/unreadable.ts';

/** A stray that is listed, whether or not its item can be read. */
export type StoredStray = Stray | Unreadable;

/** Originals that belong to nobody, by the tenant's name in their key. */
export interface Strays {
  /** Of one name, the stray that was stored last is kept. Adding twice is no error. */
  add(tenant: TenantId, stray: Stray): Promise<void>;
  /** A page in order of name; `next` is absent on the last page. */
  list(
    tenant: TenantId,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly strays: readonly StoredStray[]; readonly next?: string }>;
  /** Removes a stray as it was listed, unless a later one stands there by now. */
  remove(tenant: TenantId, stray: Stray): Promise<void>;
}

/** The names under which there are or were strays. */
export interface StrayNames {
  addName(tenant: TenantId): Promise<void>;
  /** A page in order; `next` is absent on the last page. */
  names(page: {
    readonly limit: number;
    readonly after?: TenantId;
  }): Promise<{ readonly names: readonly TenantId[]; readonly next?: TenantId }>;
}
