import { Hono } from 'hono';
import * as z from 'zod';
import { GlossError } from '../../domain/errors.ts';
import type { ImageId, SegmentId, TenantId } from '../../domain/ids.ts';
import { collectionOf } from '../../index/segment/manifest.ts';
import { checkTenant, type CheckPlace, type CheckTenantDeps } from '../../steps/index/check-tenant.ts';
import { indexState, startReindex, type StartReindexDeps } from '../../steps/index/start-reindex.ts';
import { livingTenant } from '../../steps/tenants/update-tenant.ts';
import type { SegmentStore } from '../../ports/segment-store.ts';
import { isStale } from '../../text/analysis.ts';
import type { AuthEnv } from '../env.ts';
import { NoParameters } from '../fields.ts';
import { TenantPath } from '../tenants/schema.ts';
import { path, query } from '../validate.ts';
import { CheckParameters, type IndexCheckPage, type IndexJson } from './schema.ts';

export interface TenantIndexRouteDeps extends StartReindexDeps, Omit<CheckTenantDeps, 'records'> {
  /** Past every cache: what is lost is to be seen. */
  readonly uncachedSegments: SegmentStore;
  readonly records: StartReindexDeps['records'] & CheckTenantDeps['records'];
}

/** /v1/tenants/:tenant/index: the operator's. What a tenant's index is, made again, and compared with what it is made from. */
export function tenantIndexRoutes(deps: TenantIndexRouteDeps) {
  return new Hono<AuthEnv>()
    .get('/:tenant/index', path(TenantPath), query(NoParameters), async (c) =>
      c.json(await indexJson(deps, c.req.valid('param').tenant)),
    )
    .post('/:tenant/index/rebuild', path(TenantPath), async (c) => {
      const { tenant } = c.req.valid('param');
      await startReindex(deps, tenant);
      return c.json(await indexJson(deps, tenant), 202);
    })
    .get('/:tenant/index/check', path(TenantPath), query(CheckParameters), async (c) => {
      const { tenant } = c.req.valid('param');
      const { cursor } = c.req.valid('query');
      livingTenant(await deps.tenants.get(tenant), tenant);
      const { differences, images, documents, waiting, next } = await checkTenant(
        { ...deps, segments: deps.uncachedSegments },
        tenant,
        cursor === undefined ? undefined : placeOf(cursor),
      );
      const answer: IndexCheckPage = {
        differences: differences.map(({ what, imageId, name, segmentId, detail }) => ({
          what,
          ...(imageId && { image: imageId }),
          ...(name !== undefined && { name }),
          ...(segmentId && { segment: segmentId }),
          ...(detail !== undefined && { detail }),
        })),
        images,
        documents,
        waiting,
        ...(next && { cursor: Buffer.from(JSON.stringify(next)).toString('base64url') }),
      };
      return c.json(answer);
    });
}

async function indexJson(deps: TenantIndexRouteDeps, tenant: TenantId): Promise<IndexJson> {
  const { manifest, current } = await indexState(deps, tenant);
  const { segments, analysis, rebuild, rebuilt, leftOut } = manifest;
  const deleted = segments.reduce((sum, segment) => sum + segment.deleted, 0);
  return {
    tenant,
    documents: collectionOf(manifest).docCount - deleted,
    segments: segments.length,
    stale: segments.length > 0 && isStale(analysis, current),
    ...(analysis && { analysis }),
    current,
    ...(rebuild && {
      rebuild: {
        id: rebuild.id,
        startedAt: new Date(rebuild.startedAtMs).toISOString(),
        done: rebuild.done,
        total: rebuild.total,
      },
    }),
    ...(rebuilt !== undefined && { rebuilt }),
    ...(leftOut !== undefined && { leftOut }),
  };
}

const amount = z.int().min(0);
const totals = z.strictObject({ images: amount, bytes: amount });
const Place = z.union([
  z.strictObject({
    in: z.literal('records'),
    after: z
      .string()
      .transform((text) => text as ImageId)
      .exactOptional(),
    sum: totals.exactOptional(),
    totals: totals.extend({ moves: amount }),
  }),
  z.strictObject({
    in: z.literal('documents'),
    segmentId: z
      .string()
      .transform((text) => text as SegmentId)
      .exactOptional(),
    docId: amount,
    begun: amount,
  }),
  z.strictObject({
    in: z.literal('postings'),
    segmentId: z.string().transform((text) => text as SegmentId),
    term: z.string(),
    begun: amount,
  }),
  z.strictObject({
    in: z.literal('items'),
    segmentId: z.string().transform((text) => text as SegmentId),
    item: amount,
    begun: amount,
  }),
  z.strictObject({ in: z.literal('segments'), start: z.string().exactOptional() }),
]) satisfies z.ZodType<CheckPlace>;

/** The operator's cursor is not sealed: it leads nowhere but where the operator may look. @throws GlossError `invalid` */
function placeOf(cursor: string): CheckPlace {
  try {
    return Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw new GlossError('invalid', 'cursor', 'cursor is none of this list', {
      cause,
      place: { field: 'cursor' },
    });
  }
}
