import * as z from 'zod';
import { LANGUAGES } from '../../domain/language.ts';
import { CROP_POLICIES, MAX_ASKS } from '../../domain/tenant.ts';
import type { Answer } from '../answer.ts';
import { cleanText, count, nextCursor, pageSize, time } from '../fields.ts';
import { keyId, tenantCursor, tenantId } from '../id-fields.ts';

const tenant = tenantId.describe('the name of the tenant');
export const TenantPath = z.strictObject({ tenant });
export const TenantKeyPath = z.strictObject({ tenant, keyId });

/** The operator's lists of tenants. */
export const tenantList = { limit: pageSize(100, 50), cursor: tenantCursor };
export const TenantsParameters = z.strictObject(tenantList);

/** As browsers name the place that a page comes from. */
const origin = z
  .string()
  .max(300)
  .refine(
    (text) =>
      /^https?:/.test(text) && !text.includes('*') && URL.canParse(text) && new URL(text).origin === text,
    {
      error:
        'is no origin such as https://shop.example: a scheme and a host in small letters, and a port where it is not the usual one',
    },
  );

const amount = (most: number) => z.number().min(0).max(most);
/** What of a tenant can be chosen; everything may be left out. */
const SettingsChange = z
  .strictObject({
    cropPolicy: z.enum(CROP_POLICIES).exactOptional(),
    asks: z
      .int()
      .min(1)
      .max(MAX_ASKS)
      .exactOptional()
      .describe(
        'how often the model is asked about a whole picture, each time in other words; 1 when never set; 2 costs one more call a picture',
      ),
    model: cleanText(200, { minChars: 1 }).exactOptional(),
    language: z.enum(LANGUAGES).exactOptional(),
    retentionDays: z
      .int()
      .min(1)
      .max(36_500)
      .nullable()
      .exactOptional()
      .describe('null keeps images for ever'),
    readsPlace: z
      .boolean()
      .exactOptional()
      .describe('whether to keep where pictures were taken; false when never set'),
    origins: z
      .array(origin)
      .max(20)
      .exactOptional()
      .describe(
        'origins whose pages may read answers (CORS), such as https://shop.example; takes the place of those before',
      ),
    limits: z
      .strictObject({
        requestsPerSec: amount(10_000).min(0.01).exactOptional(),
        burst: z.int().min(1).max(100_000).exactOptional(),
        images: z.int().min(0).max(1e9).exactOptional(),
        bytes: z.int().min(0).max(1e15).exactOptional(),
        modelUsdPerMonth: amount(1e6).exactOptional(),
      })
      .meta({ id: 'LimitsChange' })
      .exactOptional(),
  })
  .meta({ id: 'SettingsChange' });

export const TenantBody = z
  .strictObject({ tenant: tenantId, settings: SettingsChange.exactOptional() })
  .meta({ id: 'TenantRequest' });

export const TenantChangeBody = z
  .strictObject({
    status: z.enum(['active', 'suspended']).exactOptional(),
    settings: SettingsChange.exactOptional(),
  })
  .refine(({ status, settings }) => status ?? settings, 'needs status or settings')
  .meta({ id: 'TenantChange', description: 'status, settings or both' });

/** What a tenant may use up. */
export const TenantLimitsJson = z
  .strictObject({
    requestsPerSec: z.number(),
    burst: count,
    images: count,
    bytes: count,
    modelUsdPerMonth: z.number(),
  })
  .meta({ id: 'TenantLimits' });

const TenantSettings = z
  .strictObject({
    cropPolicy: z.enum(CROP_POLICIES).exactOptional().describe('absent: as the deployment has it'),
    asks: count.exactOptional().describe('about a whole picture; absent: 1'),
    model: z.string().exactOptional().describe('absent: as the deployment has it'),
    language: z.enum(LANGUAGES),
    webhookUrl: z.string().nullable().exactOptional(),
    retentionDays: count.nullable().exactOptional().describe('absent or null: images are kept for ever'),
    readsPlace: z
      .boolean()
      .exactOptional()
      .describe('absent or false: it is not kept where pictures were taken'),
    origins: z
      .array(z.string())
      .exactOptional()
      .describe('whose pages may read answers (CORS); absent: none'),
    limits: TenantLimitsJson,
  })
  .meta({ id: 'TenantSettings' });

const DeletionProof = z
  .strictObject({
    removedItems: count.describe('at least: what an attempt removed that failed is not counted'),
    removedObjects: count.describe('at least'),
    scannedItems: count.describe('looked at by the last scan'),
    found: count.describe('of them the tenant’s: 0, since a deletion is proven by finding none'),
    provenAt: time,
    final: z.boolean().describe('whether the scan came after all work under way had ended'),
  })
  .meta({ id: 'DeletionProof' });

export const tenantStatus = z.enum(['active', 'suspended', 'deleting', 'deleted']);

/** A tenant, as the operator sees it. */
export const TenantJson = z
  .strictObject({
    tenant: z.string(),
    status: tenantStatus,
    settings: TenantSettings,
    createdAt: time,
    updatedAt: time,
    deletion: DeletionProof.exactOptional(),
  })
  .meta({ id: 'TenantAccount' });
export type TenantJson = Answer<typeof TenantJson>;

/** GET /v1/tenants */
export const TenantsPage = z
  .strictObject({ tenants: z.array(TenantJson), cursor: nextCursor.exactOptional() })
  .meta({ id: 'TenantsPage' });
export type TenantsPage = Answer<typeof TenantsPage>;
