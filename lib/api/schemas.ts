import { z } from 'zod';
import { SCOPES } from '../domain/credential.ts';
import { isImageId, isTenantId, type ImageId, type TenantId } from '../domain/ids.ts';
import { LANGUAGES } from '../domain/language.ts';
import { MAX_EXPORTED } from '../steps/images/export-documents.ts';
import { CROP_POLICIES } from '../domain/tenant.ts';

/** Requests as they come in; every object is strict, so that a misspelt field is told instead of ignored. */

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
/** Text that can be stored and shown: no NUL, no half characters. */
const cleanText = (maxChars: number) =>
  z
    .string()
    .max(maxChars)
    .refine((text) => !text.includes('\u0000'), 'holds a NUL character')
    .refine((text) => text.isWellFormed(), 'holds half a character (a lone surrogate)');

/** A whole number as a query parameter. */
const pageSize = (most: number, usual: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, 'is no whole number')
    .transform(Number)
    .pipe(z.number().min(1).max(most))
    .default(usual)
    .meta({ openapi: { type: 'integer', minimum: 1, maximum: most, default: usual } });

const cursor = cleanText(2_000).min(1).optional();
const imageId = z
  .string()
  .refine((text): text is ImageId => isImageId(text), 'is no image id: 32 hexadecimal digits')
  .meta({ openapi: { type: 'string', pattern: '^[0-9a-f]{32}$' } });
const tenantId = z
  .string()
  .refine((text): text is TenantId => isTenantId(text), 'is no tenant: a-z, 0-9 and hyphens, at most 40')
  .meta({ openapi: { type: 'string', pattern: '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$' } });
const keyId = z.string().regex(/^[0-9a-f]{12}$/, 'is no key id: 12 hexadecimal digits');

export const NoParameters = z.strictObject({});
export const ImagePath = z.strictObject({ id: imageId });
export const KeyPath = z.strictObject({ keyId });
export const TenantPath = z.strictObject({ tenant: tenantId });
export const TenantKeyPath = z.strictObject({ tenant: tenantId, keyId });

export const SearchParameters = z.strictObject({
  q: cleanText(10_000),
  limit: pageSize(100, 20),
  explain: flag.default(false),
  likely: flag.default(false),
  related: flag.default(false),
  plain: flag.default(false),
});

export const WordsParameters = z.strictObject({
  prefix: cleanText(100),
  limit: pageSize(20, 8),
});

export const ListParameters = z.strictObject({ limit: pageSize(100, 50), cursor });

const name = cleanText(1_000).min(1);

const day = z.iso.date();
export const UsageParameters = z.strictObject({ from: day.optional(), to: day.optional() });

/** The operator's lists are in order of name: a cursor is the last tenant of the page before. */
const tenantList = { limit: pageSize(100, 50), cursor: tenantId.optional() };
export const TenantsParameters = z.strictObject(tenantList);
export const TenantUsageParameters = z.strictObject({
  ...UsageParameters.shape,
  by: z.enum(['day', 'month']).default('month'),
  ...tenantList,
});

export const UploadsBody = z.strictObject({
  files: z
    .array(
      z.strictObject({
        name,
        bytes: z.int().min(0),
        contentType: z
          .string()
          .max(100)
          .regex(/^[\w.+-]+\/[\w.+-]+$/, 'is no media type'),
      }),
    )
    .min(1)
    .max(100),
});

const words = z.array(cleanText(5_000)).max(1_000);

const pixels = z.number().min(0).max(1e6);
/** What was written about an image, view by view, as an export gives it. */
const GlossBody = z.strictObject({
  model: cleanText(200).min(1),
  promptVersion: cleanText(50).min(1),
  cropPolicy: cleanText(50).min(1),
  views: z
    .array(
      z.strictObject({
        index: z.int().min(0).max(1_000),
        kind: z.enum(['whole', 'crop', 'text']),
        box: z.strictObject({ left: pixels, top: pixels, width: pixels, height: pixels }).exactOptional(),
        tags: words,
        caption: cleanText(5_000),
        visibleText: cleanText(5_000),
      }),
    )
    .max(1_000),
});

export const ExportParameters = z.strictObject({ limit: pageSize(MAX_EXPORTED, MAX_EXPORTED), cursor });

export const DocumentsBody = z.strictObject({
  documents: z
    .array(
      z
        .strictObject({
          id: name,
          tags: words.optional(),
          captions: words.optional(),
          texts: words.optional(),
          gloss: GlossBody.optional(),
        })
        .refine(
          ({ tags, captions, texts, gloss }) => tags ?? captions ?? texts ?? gloss,
          'needs texts, tags or captions',
        )
        .refine(
          ({ tags, captions, texts, gloss }) => !gloss || !(tags ?? captions ?? texts),
          'has a gloss and other words; give one or the other',
        ),
    )
    .min(1)
    .max(100)
    .superRefine((documents, context) => {
      const seen = new Set<string>();
      for (const [i, { id }] of documents.entries()) {
        if (seen.has(id)) context.addIssue({ code: 'custom', path: [i, 'id'], message: 'is there twice' });
        seen.add(id);
      }
    }),
});

export const StatusBody = z.strictObject({ ids: z.array(imageId).min(1).max(100) });

const amount = (most: number) => z.number().min(0).max(most);
/** What of a tenant can be chosen; everything may be left out. */
const Settings = z.strictObject({
  cropPolicy: z.enum(CROP_POLICIES).exactOptional(),
  model: cleanText(200).min(1).exactOptional(),
  language: z.enum(LANGUAGES).exactOptional(),
  /** Null: for ever. */
  retentionDays: z.int().min(1).max(36_500).nullable().exactOptional(),
  limits: z
    .strictObject({
      requestsPerSec: amount(10_000).min(0.01).exactOptional(),
      burst: z.int().min(1).max(100_000).exactOptional(),
      images: z.int().min(0).max(1e9).exactOptional(),
      bytes: z.int().min(0).max(1e15).exactOptional(),
      modelUsdPerMonth: amount(1e6).exactOptional(),
    })
    .exactOptional(),
});

export const TenantBody = z.strictObject({ tenant: tenantId, settings: Settings.exactOptional() });

export const TenantChangeBody = z
  .strictObject({
    status: z.enum(['active', 'suspended']).exactOptional(),
    settings: Settings.exactOptional(),
  })
  .refine(({ status, settings }) => status ?? settings, 'needs status or settings');

export const WebhookBody = z.strictObject({
  /** Null: tell nobody. */
  url: z
    .url({ protocol: /^https?$/ })
    .max(1_000)
    .refine((text) => !text.includes('@') && text.isWellFormed(), 'must not hold a user or a password')
    .nullable(),
});

const expiresInSec = z
  .int()
  .min(1)
  .max(10 * 366 * 86_400)
  .exactOptional();

export const KeyBody = z.strictObject({
  name: cleanText(100).default(''),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1)
    .max(SCOPES.length)
    .default([...SCOPES]),
  /** Absent: the key never expires. */
  expiresInSec,
});

export const RotationBody = z.strictObject({
  overlapSec: z
    .int()
    .min(0)
    .max(30 * 86_400)
    .default(86_400),
});

export const KeyRotationBody = z.strictObject({
  ...RotationBody.shape,
  /** Absent: as long as the old one was made for. */
  expiresInSec,
});
