import { z } from 'zod';
import { SCOPES } from '../domain/credential.ts';
import { LANGUAGES } from '../domain/language.ts';
import { CROP_POLICIES } from '../domain/tenant.ts';

/** Answers as they go out, for the description of the API; a test holds real answers against them. */

const time = z.string().meta({ openapi: { type: 'string', format: 'date-time' } });
const count = z.int().min(0);
const address = z.url();

export const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('a stable word for programs'),
    detail: z.string().describe('what is wrong and what to do, for people'),
    field: z.string().optional().describe('the field that is wrong, such as documents[3].id'),
    at: count.optional(),
    length: count.optional(),
  })
  .meta({ id: 'Problem', description: 'Problem details, RFC 9457' });

export const Health = z.strictObject({ status: z.literal('ok') });

const Box = z.strictObject({ left: z.number(), top: z.number(), width: z.number(), height: z.number() });
const View = z.looseObject({
  index: count,
  kind: z.enum(['whole', 'crop', 'text']),
  box: Box.optional(),
  tags: z.array(z.string()),
  caption: z.string(),
  visibleText: z.string(),
});
const ShownView = View.extend({ cropUrl: address.optional().describe('of a crop; short-lived') });

const Failure = z.strictObject({ code: z.string(), reason: z.string(), retryable: z.boolean() });

export const Image = z
  .looseObject({
    id: z.string(),
    name: z.string(),
    status: z.enum(['received', 'described', 'searchable', 'failed']),
    failure: Failure.optional(),
    bytes: count.optional(),
    widthPx: count.optional(),
    heightPx: count.optional(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'Image' });

export const ImageShown = z
  .looseObject({
    ...Image.shape,
    url: address.optional(),
    thumbnailUrl: address.optional(),
    gloss: z
      .strictObject({
        model: z.string(),
        promptVersion: z.string(),
        cropPolicy: z.string(),
        views: z.array(ShownView),
      })
      .optional(),
  })
  .meta({ id: 'ImageShown' });

export const Images = z.strictObject({ images: z.array(Image), cursor: z.string().optional() });

export const Statuses = z.strictObject({
  images: z.array(
    z.looseObject({
      id: z.string(),
      status: z.enum(['unknown', 'received', 'described', 'searchable', 'failed', 'removed']),
    }),
  ),
});

const FoundImage = z.looseObject({
  id: z.string(),
  name: z.string(),
  score: z.number(),
  url: address.optional(),
  thumbnailUrl: address.optional(),
  views: z.array(ShownView),
});

export const Hits = z
  .looseObject({
    total: count.describe('how many images match; totalIs says how exactly'),
    totalIs: z.enum(['exact', 'at least', 'at most']),
    hits: z.array(FoundImage),
    likely: z
      .array(FoundImage)
      .optional()
      .describe('pictures whose glosses speak of what goes with the words'),
    related: z
      .strictObject({
        words: z.array(z.looseObject({ word: z.string(), count })),
        candidates: count,
      })
      .optional()
      .describe('words to narrow by, with their number among the best candidates'),
    didYouMean: z.array(z.looseObject({ text: z.string(), words: z.array(z.unknown()) })).optional(),
  })
  .meta({ id: 'Hits' });

export const Words = z.strictObject({ words: z.array(z.strictObject({ word: z.string(), count })) });

export const Uploads = z.strictObject({
  uploads: z.array(
    z.union([
      z.looseObject({
        name: z.string(),
        id: z.string(),
        url: address,
        fields: z
          .record(z.string(), z.string())
          .describe('of the form to be posted there, exactly so, with the file behind them as `file`'),
        expiresAt: time,
      }),
      z.strictObject({ name: z.string(), failure: Failure }),
    ]),
  ),
});

export const Accepted = z.strictObject({
  images: z.array(z.strictObject({ id: z.string(), name: z.string() })),
});

export const Exported = z.strictObject({
  documents: z.array(
    z.strictObject({
      id: z.string(),
      gloss: z.strictObject({
        model: z.string(),
        promptVersion: z.string(),
        cropPolicy: z.string(),
        views: z.array(View),
      }),
    }),
  ),
  cursor: z.string().optional(),
});

export const Webhook = z.strictObject({
  url: z.string().nullable(),
  secret: z.string(),
  oldSecretEndsAt: time.optional().describe('until then messages are signed with the secret before, too'),
});
export const WebhookTest = z.strictObject({ delivered: z.boolean(), reason: z.string().optional() });

export const Key = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    createdAt: time,
    expiresAt: time.optional(),
    lastUsedAt: time.optional(),
  })
  .meta({ id: 'Key' });
export const Keys = z.strictObject({ keys: z.array(Key) });
const shownOnce = z.string().describe('shown this once');
export const NewKey = z.strictObject({ ...Key.shape, key: shownOnce }).meta({ id: 'NewKey' });
export const RotatedKey = z
  .strictObject({ ...Key.shape, key: shownOnce, previous: Key })
  .meta({ id: 'RotatedKey' });

export const Tenant = z
  .strictObject({
    tenant: z.string(),
    status: z.enum(['active', 'suspended', 'deleting', 'deleted']),
    settings: z.strictObject({
      cropPolicy: z.enum(CROP_POLICIES).optional(),
      model: z.string().optional(),
      language: z.enum(LANGUAGES),
      webhookUrl: z.string().nullable().optional(),
      retentionDays: count.nullable().optional().describe('null keeps pictures for ever'),
      limits: z.strictObject({
        requestsPerSec: z.number(),
        burst: count,
        images: count,
        bytes: count,
        modelUsdPerMonth: z.number(),
      }),
    }),
    createdAt: time,
    updatedAt: time,
    deletion: z
      .strictObject({
        removedItems: count,
        removedObjects: count,
        scannedItems: count.describe('looked at by the last scan'),
        found: z.literal(0).describe('of them the tenant’s'),
        provenAt: time,
        final: z.boolean().describe('whether the scan came after all work under way had ended'),
      })
      .optional(),
  })
  .meta({ id: 'Tenant' });
export const Tenants = z.strictObject({ tenants: z.array(Tenant), cursor: z.string().optional() });

const used = {
  images: count.describe('pictures described'),
  views: count.describe('views that the model has answered'),
  inputTokens: count,
  outputTokens: count,
  readUnits: z.number(),
  writeUnits: z.number(),
  usd: z
    .strictObject({ model: z.number(), store: z.number(), total: z.number() })
    .describe('an estimate by a price table'),
};
export const UsageAnswer = z
  .strictObject({
    from: z.string(),
    to: z.string(),
    days: z.array(z.strictObject({ day: z.string(), ...used })),
    total: z.strictObject(used),
    stored: z.strictObject({ images: count, bytes: count }),
    limits: Tenant.shape.settings.shape.limits,
  })
  .meta({ id: 'Usage' });

export const TenantUsage = z
  .strictObject({
    from: z.string(),
    to: z.string(),
    by: z.enum(['day', 'month']),
    tenants: z.array(
      z.strictObject({
        tenant: z.string(),
        status: Tenant.shape.status,
        periods: z.array(z.strictObject({ period: z.string(), ...used })),
        total: z.strictObject(used),
      }),
    ),
    cursor: z.string().optional(),
  })
  .meta({ id: 'TenantUsage' });
