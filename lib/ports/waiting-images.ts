import type { ImageId, Sequencer, TenantId } from '../domain/ids.ts';
import type { WaitCode } from '../domain/wait-code.ts';

/** What images wait for: room in the budget of their tenant, or the model. */
export const WAIT_LANES = ['budget', 'model'] as const;
export type WaitLane = (typeof WAIT_LANES)[number];

/** A state of an image that waits to be described. */
export interface WaitingImage {
  readonly lane: WaitLane;
  readonly code: WaitCode;
  readonly imageId: ImageId;
  readonly name: string;
  readonly bytes: number;
  readonly storedAtMs: number;
  readonly sequencer: Sequencer;
  /** Since when, over all tries. */
  readonly sinceMs: number;
  /** Since the last try. */
  readonly parkedAtMs: number;
  readonly untilMs: number;
}

export interface WaitingPage {
  readonly limit: number;
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly consistent?: boolean;
}

/**
 * The images of a tenant that wait. An image is listed before its record says so, and whoever wakes it takes it off the list: the record
 * alone says whether it still waits.
 */
export interface WaitingImages {
  add(tenant: TenantId, image: WaitingImage): Promise<void>;
  /**
   * In the order in which they are to go on: those that wait for a budget by `sinceMs`, those that wait for the model by `untilMs`. May be
   * fewer than there are: 1 MB is looked at.
   * @param page of which that time lies between these, both included
   */
  list(tenant: TenantId, lane: WaitLane, page: WaitingPage): Promise<readonly WaitingImage[]>;
  remove(tenant: TenantId, images: readonly WaitingImage[]): Promise<void>;
}

/** Tenants that have images that wait. */
export interface WaitingTenants {
  addName(tenant: TenantId): Promise<void>;
  removeName(tenant: TenantId): Promise<void>;
  /** A page in order; `next` is absent on the last page. */
  names(page: {
    readonly limit: number;
    readonly after?: TenantId;
  }): Promise<{ readonly names: readonly TenantId[]; readonly next?: TenantId }>;
}
