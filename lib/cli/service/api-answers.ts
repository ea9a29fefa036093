import { z } from 'zod';

/** What the commands read of the API's answers; more may be there. */

const Failure = z.object({ code: z.string(), reason: z.string(), retryable: z.boolean() });
export type Failure = z.infer<typeof Failure>;

export const UploadsAnswer = z.object({
  uploads: z.array(
    z.union([
      z.object({
        name: z.string(),
        id: z.string(),
        url: z.url(),
        fields: z.record(z.string(), z.string()),
      }),
      z.object({ name: z.string(), failure: Failure }),
    ]),
  ),
});
export type Invitation = z.infer<typeof UploadsAnswer>['uploads'][number];

const ImageStatus = z.object({
  id: z.string(),
  status: z.enum(['unknown', 'received', 'described', 'searchable', 'failed', 'removed']),
  /** Which upload of the name this is the state of. */
  sequencer: z.string().optional(),
  failure: Failure.optional(),
  bytes: z.number().optional(),
  widthPx: z.number().optional(),
  heightPx: z.number().optional(),
  figures: z.object({ decodeMs: z.number(), modelMs: z.number(), views: z.number() }).optional(),
});
export type ImageStatus = z.infer<typeof ImageStatus>;
export const StatusAnswer = z.object({ images: z.array(ImageStatus) });

export const ListAnswer = z.object({ images: z.array(ImageStatus) });

export const DocumentsAnswer = z.object({ images: z.array(z.object({ id: z.string(), name: z.string() })) });

const Box = z.object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() });
const HitView = z.looseObject({
  index: z.number(),
  kind: z.enum(['whole', 'crop', 'text']),
  box: Box.optional(),
  words: z.array(z.string()),
});
export type HitView = z.infer<typeof HitView>;
const Explanation = z.looseObject({
  terms: z.array(
    z.object({
      term: z.string(),
      score: z.number(),
      idf: z.number(),
      docFreq: z.number(),
      termFreq: z.number(),
      weight: z.number(),
      via: z.string().optional(),
      together: z.number().optional(),
      agreed: z.number().optional(),
    }),
  ),
  docLen: z.number(),
  avgDocLen: z.number(),
  docCount: z.number(),
  k1: z.number(),
  b: z.number(),
});
const Hit = z.looseObject({
  id: z.string(),
  name: z.string(),
  score: z.number(),
  views: z.array(HitView),
  explanation: Explanation.optional(),
});
export type Hit = z.infer<typeof Hit>;
const Word = z.object({ word: z.string(), count: z.number() });
export const SearchResult = z.looseObject({
  total: z.number(),
  totalIs: z.enum(['exact', 'at least', 'at most']).optional(),
  hits: z.array(Hit),
  checked: z.object({ glosses: z.number(), candidates: z.number() }).optional(),
  likely: z.array(Hit).optional(),
  related: z.object({ words: z.array(Word), candidates: z.number() }).optional(),
  didYouMean: z.array(z.object({ text: z.string(), words: z.array(Word) })).optional(),
});
export type SearchResult = z.infer<typeof SearchResult>;

/** Of an answer without a body. */
export const Nothing = z.undefined();

export const TenantAnswer = z.looseObject({
  tenant: z.string(),
  status: z.enum(['active', 'suspended', 'deleting', 'deleted']),
  deletion: z
    .looseObject({ removedItems: z.number(), removedObjects: z.number(), scannedItems: z.number() })
    .optional(),
});
export type TenantAnswer = z.infer<typeof TenantAnswer>;
export const TenantsAnswer = z.object({ tenants: z.array(TenantAnswer), cursor: z.string().optional() });
export type TenantsAnswer = z.infer<typeof TenantsAnswer>;

const KeyAnswer = z.looseObject({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  expiresAt: z.string().optional(),
  lastUsedAt: z.string().optional(),
});
export type KeyAnswer = z.infer<typeof KeyAnswer>;
export const KeysAnswer = z.object({ keys: z.array(KeyAnswer) });
export const NewKeyAnswer = z.looseObject({ key: z.string(), id: z.string() });

const Used = {
  images: z.number(),
  views: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  readUnits: z.number(),
  writeUnits: z.number(),
  usd: z.looseObject({ total: z.number() }),
};
export const UsageAnswer = z.looseObject({
  days: z.array(z.looseObject({ day: z.string(), ...Used })),
  total: z.looseObject(Used),
  stored: z.object({ images: z.number(), bytes: z.number() }),
  limits: z.looseObject({ images: z.number(), bytes: z.number(), modelUsdPerMonth: z.number() }),
});

export type UsedAnswer = z.infer<z.ZodObject<typeof Used>>;

export const TenantUsageAnswer = z.object({
  from: z.string(),
  to: z.string(),
  by: z.string(),
  tenants: z.array(
    z.looseObject({
      tenant: z.string(),
      periods: z.array(z.looseObject({ period: z.string(), ...Used })),
      total: z.looseObject(Used),
    }),
  ),
  cursor: z.string().optional(),
});
export type TenantUsageAnswer = z.infer<typeof TenantUsageAnswer>;

export const WebhookAnswer = z.object({
  url: z.string().nullable(),
  secret: z.string(),
  oldSecretEndsAt: z.string().optional(),
});
export type WebhookAnswer = z.infer<typeof WebhookAnswer>;
export const WebhookTestAnswer = z.object({ delivered: z.boolean(), reason: z.string().optional() });

export const ExportAnswer = z.object({
  documents: z.array(z.looseObject({ id: z.string() })),
  cursor: z.string().optional(),
});
export type ExportAnswer = z.infer<typeof ExportAnswer>;
