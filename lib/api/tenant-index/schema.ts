import * as z from 'zod';
import { LANGUAGES } from '../../domain/language.ts';
import { DIFFERENCES } from '../../steps/index/check-tenant.ts';
import type { Answer } from '../answer.ts';
import { count, cursorOf, nextCursor, time } from '../fields.ts';
import { imageIdJson } from '../images/image.ts';

/** A cursor may hold a word of an index, as large as there is any. */
export const CheckParameters = z.strictObject({ cursor: cursorOf(4_000) });

export const AnalysisJson = z
  .strictObject({
    language: z.enum(LANGUAGES),
    version: count.describe('of the rules by which a text becomes words'),
    lexicon: z.string().describe('checksum of the lexicon; empty for a language without one'),
  })
  .meta({ id: 'Analysis', description: 'what words go through on their way into an index' });

/** GET /v1/tenants/:tenant/index, POST /v1/tenants/:tenant/index/rebuild */
export const IndexJson = z
  .strictObject({
    tenant: z.string(),
    documents: count.describe('that are searched'),
    segments: count,
    stale: z.boolean().describe('whether its words were analysed in another way than queries are now'),
    analysis: AnalysisJson.exactOptional().describe('of its words; absent where it was not written down yet'),
    current: AnalysisJson.describe('of queries, and of an index that is made now'),
    rebuild: z
      .strictObject({
        id: z.string(),
        startedAt: time,
        done: count.describe('images seen so far'),
        total: count.describe('images that there were at its start'),
      })
      .meta({ id: 'Rebuild' })
      .exactOptional()
      .describe('of the index that is being made to take the place of this one'),
    rebuilt: z.string().exactOptional().describe('id of the last rebuild that was finished'),
    leftOut: count
      .exactOptional()
      .describe(
        'images that are not in it, since their record or words are lost or damaged: a check names them',
      ),
  })
  .meta({ id: 'TenantIndex' });
export type IndexJson = Answer<typeof IndexJson>;

const DifferenceJson = z
  .strictObject({
    what: z.enum(DIFFERENCES),
    image: imageIdJson.exactOptional(),
    name: z.string().exactOptional().describe('of the image, where its record says it'),
    segment: z.string().exactOptional(),
    detail: z.string().exactOptional(),
  })
  .meta({ id: 'Difference' });

/** GET /v1/tenants/:tenant/index/check */
export const IndexCheckPage = z
  .strictObject({
    differences: z.array(DifferenceJson),
    images: count.describe('records looked at for this page'),
    documents: count.describe('documents of the index looked at for this page'),
    waiting: count.describe('segments that were replaced and are dropped within 25 minutes; no differences'),
    cursor: nextCursor.exactOptional(),
  })
  .meta({ id: 'IndexCheckPage' });
export type IndexCheckPage = Answer<typeof IndexCheckPage>;
