import { Hono } from 'hono';
import { imageIdOf, parseImageId } from '../../domain/ids.ts';
import type { Glosses } from '../../ports/glosses.ts';
import type { ImageRecords } from '../../ports/image-records.ts';
import type { CursorSeals } from '../../ports/tenant-secrets.ts';
import { exportDocuments } from '../../steps/images/export-documents.ts';
import { fittingCount } from '../answer-size.ts';
import { openCursor, sealCursor } from '../cursors.ts';
import type { ApiEnv } from '../env.ts';
import { query } from '../validate.ts';
import { ExportParameters, type ExportPage } from './schema.ts';

export interface ExportRouteDeps {
  readonly records: ImageRecords;
  readonly glosses: Glosses;
  readonly seals: CursorSeals;
}

/** What cursors of an export are sealed for. */
const LIST = 'export';

/** GET /v1/export: everything that was written about the tenant's images, page by page, as POST /v1/documents takes it. */
export function exportRoutes(deps: ExportRouteDeps) {
  return new Hono<ApiEnv>().get('/', query(ExportParameters), async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const { id, incarnation } = c.get('account');
    const secret = await deps.seals.of(id, incarnation);
    const after = cursor === undefined ? {} : { after: parseImageId(openCursor(secret, LIST, cursor)) };
    const tenant = c.get('tenant');
    const {
      documents: found,
      unreadable,
      next: nextPage,
    } = await exportDocuments(deps, tenant, { limit, ...after });
    const all = found.map(({ id, gloss }) => ({ id, gloss: gloss! }));
    const documents = all.slice(0, fittingCount(all));
    // What does not fit begins the next page, behind the last image of this one.
    const next = documents.length < all.length ? imageIdOf(tenant, documents.at(-1)!.id) : nextPage;
    // Those behind the last document are named again by the page on which they are.
    const named = next === undefined ? unreadable : unreadable.filter((id) => id <= next);
    const page: ExportPage = {
      documents,
      ...(named.length > 0 && { unreadable: named }),
      ...(next && { cursor: sealCursor(secret, LIST, next) }),
    };
    return c.json(page);
  });
}
