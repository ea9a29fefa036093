import * as z from 'zod';
import { isImageId, isTenantId, type ImageId, type TenantId } from '../domain/ids.ts';

/** Ids as they come in, checked once and typed from there on. */

export const imageId = z
  .string()
  .refine((text): text is ImageId => isImageId(text), 'is no image id: 32 hexadecimal digits')
  .meta({ openapi: { type: 'string', pattern: '^[0-9a-f]{32}$' } });
export const tenantId = z
  .string()
  .refine((text): text is TenantId => isTenantId(text), 'must be of a-z, 0-9 and hyphens, at most 40 of them')
  .meta({ openapi: { type: 'string', pattern: '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$' } });
/** Lists of tenants are in order of name: their cursor is the last name of the page before. */
export const tenantCursor = tenantId
  .describe('the last name of the page before; the first page has none')
  .optional();
export const keyId = z
  .string()
  .regex(/^[0-9a-f]{12}$/, 'is no key id: 12 hexadecimal digits')
  .describe('of an API key');
