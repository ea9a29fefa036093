import * as z from 'zod';
import type { Answer } from '../answer.ts';
import { count, nextCursor, pageSize, time } from '../fields.ts';
import { tenantCursor, tenantId } from '../id-fields.ts';

export const StrayPath = z.strictObject({ tenant: tenantId.describe('whose name the strays have') });
export const StrayNamesParameters = z.strictObject({ limit: pageSize(100, 50), cursor: tenantCursor });
/** Names are in order: a cursor is the last name of the page before. */
const cursor = z.string().min(1).max(1_024).describe('the last name of the page before');
export const StraysParameters = z.strictObject({ limit: pageSize(100, 50), cursor: cursor.optional() });
export const AdoptionBody = z
  .strictObject({ cursor: cursor.exactOptional().describe('where the answer before stopped') })
  .meta({ id: 'AdoptionRequest' });

/** GET /v1/strays */
export const StrayNamesPage = z
  .strictObject({
    tenants: z.array(tenantId).describe('names under which there are or were strays'),
    cursor: nextCursor.exactOptional(),
  })
  .meta({ id: 'StrayNamesPage' });
export type StrayNamesPage = Answer<typeof StrayNamesPage>;

const StrayJson = z
  .strictObject({
    name: z.string(),
    bytes: count,
    storedAt: time,
    expiresAt: time.describe('it is removed from then on'),
  })
  .meta({ id: 'Stray' });

/** GET /v1/strays/:tenant */
export const StraysPage = z
  .strictObject({ strays: z.array(StrayJson), cursor: nextCursor.exactOptional() })
  .meta({ id: 'StraysPage' });
export type StraysPage = Answer<typeof StraysPage>;

/** POST /v1/strays/:tenant/adoption */
export const Adoption = z
  .strictObject({
    adopted: count.describe('how many are the tenant’s now, and are being described'),
    refused: z
      .array(
        z
          .strictObject({
            name: z.string(),
            code: z
              .enum(['own_image', 'deleted', 'too_large', 'quota'])
              .describe(
                'the tenant has an image of that name; it was deleted; it has too many bytes; it is above the quota',
              ),
          })
          .meta({ id: 'RefusedStray' }),
      )
      .describe('what stays a stray'),
    cursor: nextCursor.exactOptional().describe('present while some may be left: ask again with it'),
  })
  .meta({ id: 'Adoption' });
export type Adoption = Answer<typeof Adoption>;
