import type { Incarnation, TenantId } from './ids.ts';
import type { Language } from './language.ts';

/** Names of the crop policies; lib/vision/crop-policy.ts says which views each makes. */
export const CROP_POLICIES = ['none', 'grid-2x2', 'grid-3x3', 'grid-2x2-center', 'adaptive'] as const;
export type CropPolicy = (typeof CROP_POLICIES)[number];

/** How often the model may be asked about a whole picture; lib/vision/prompt.ts has a prompt for each. */
export const MAX_ASKS = 2;

/** deleting: nobody gets in and its data goes; deleted: a scan has found nothing of it any more. */
type TenantStatus = 'active' | 'suspended' | 'deleting' | 'deleted';

/** What a tenant may use up; 0 allows nothing. */
export interface TenantLimits {
  /** Requests that it may send for long. */
  readonly requestsPerSec: number;
  /** Requests that it may send at once after a pause. */
  readonly burst: number;
  /** Images that are there, in whatever state. */
  readonly images: number;
  /** Bytes of originals. */
  readonly bytes: number;
  /** What describing its pictures may cost in a calendar month (UTC), by lib/domain/prices.ts. */
  readonly modelUsdPerMonth: number;
}

/** What an operator chooses for a tenant; what is absent is as the deployment has it. */
export interface TenantSettings {
  readonly cropPolicy?: CropPolicy;
  /** How often the model is asked about a whole picture, each time in other words; once where this is absent. */
  readonly asks?: number;
  /** One of the deployment's models. */
  readonly model?: string;
  /** That the model writes in and that words are analysed in. */
  readonly language: Language;
  /** Where the tenant hears of its images; absent or null where it does not want to. */
  readonly webhookUrl?: string | null;
  /** Days that a picture is kept; absent or null where it is kept until somebody deletes it. */
  readonly retentionDays?: number | null;
  /** Whether it is kept where pictures were taken; it is not where this is absent. */
  readonly readsPlace?: boolean;
  /** Origins whose pages may read answers, such as `https://shop.example`; none where this is absent. */
  readonly origins?: readonly string[];
  readonly limits: TenantLimits;
}

/**
 * Everything that was under way at a deletion has ended so much later: the longest delay of SQS, and the longest that a worker runs and
 * that an upload address is valid.
 */
export const SETTLED_SEC = 900;

/** When about a deletion becomes final, so that its name is free again; undefined once it is. */
export const finalAboutMs = ({ provenAtMs, final }: Pick<DeletionProof, 'provenAtMs' | 'final'>) =>
  final ? undefined : provenAtMs + SETTLED_SEC * 1_000;

/** What a deletion has removed, and the scan that found nothing left. */
interface DeletionProof {
  readonly removedItems: number;
  readonly removedObjects: number;
  /** Of the last scan, which found none of them to be the tenant's. */
  readonly scannedItems: number;
  readonly provenAtMs: number;
  /** Whether the scan came after everything that was under way at the deletion must have ended. */
  readonly final: boolean;
}

/** Who removes what a deleted tenant has, one at a time, and what was removed since the last proof. */
interface Purge {
  /** The worker, made up by itself; absent between two of them. */
  readonly by?: string;
  /** From then on the worker is dead. */
  readonly untilMs: number;
  readonly removedItems: number;
  readonly removedObjects: number;
}

export interface Tenant {
  readonly id: TenantId;
  /** What was given to an earlier tenant of this name, such as a key, names another and opens nothing here. */
  readonly incarnation: Incarnation;
  readonly status: TenantStatus;
  readonly settings: TenantSettings;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly deletion?: DeletionProof;
  readonly purge?: Purge;
  /** Counts the writes; a write names the revision it read. */
  readonly revision: number;
}

/** Whether a tenant is there and is not being deleted. */
export const isLiving = (
  tenant: Tenant | undefined,
): tenant is Tenant & { readonly status: 'active' | 'suspended' } =>
  tenant?.status === 'active' || tenant?.status === 'suspended';

/** Whether a purge of its data is under way: it alone removes and counts. */
export const isBeingPurged = (tenant: Tenant | undefined): boolean =>
  tenant?.status === 'deleting' || (tenant?.status === 'deleted' && tenant.deletion?.final !== true);
