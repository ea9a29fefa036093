import * as z from 'zod';
import type { Answer } from '../answer.ts';
import { count, day } from '../fields.ts';
import { TenantLimitsJson } from '../tenants/schema.ts';

export const UsageParameters = z.strictObject({
  from: day.describe('the first day; absent: the first of this month').optional(),
  to: day.describe('the last day; absent: the last of this month').optional(),
});

const Dollars = z
  .strictObject({ model: z.number(), store: z.number(), total: z.number() })
  .meta({ id: 'Dollars', description: 'an estimate by a price table' });

/** What was used up in some time. */
export const used = {
  images: count.describe('pictures described'),
  views: count.describe('answers of the model about views'),
  inputTokens: count,
  outputTokens: count,
  readUnits: z.number(),
  writeUnits: z.number(),
  usd: Dollars,
};
export const Used = z.strictObject(used).meta({ id: 'Used' });
export type Used = Answer<typeof Used>;

const sums = z.strictObject({ images: count, bytes: count });

const UsedOfDay = z.strictObject({ day, ...used }).meta({ id: 'UsedOfDay' });

/** GET /v1/usage */
export const UsageAnswer = z
  .strictObject({
    from: day,
    to: day,
    days: z.array(UsedOfDay).describe('that have something, in order'),
    total: Used,
    stored: sums.meta({ id: 'Stored' }),
    reserved: sums.meta({
      id: 'ReservedRoom',
      description: 'for files that the tenant was invited to upload',
    }),
    limits: TenantLimitsJson,
  })
  .meta({ id: 'UsageAnswer' });
export type UsageAnswer = Answer<typeof UsageAnswer>;
