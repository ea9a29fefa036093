import { Hono } from 'hono';
import { parseImageId } from '../../domain/ids.ts';
import { exportDocuments } from '../../steps/images/export-documents.ts';
import type { ApiDeps } from '../app.ts';
import { allow, type ApiEnv } from '../authenticate.ts';
import { openCursor, sealCursor } from '../cursors.ts';
import { ExportParameters } from '../schemas.ts';
import { query } from '../validate.ts';

/** What cursors of an export are sealed for. */
const LIST = 'export';

/** GET /v1/export: everything that was written about the tenant's images, page by page, as POST /v1/documents takes it. */
export function exportRoutes(deps: ApiDeps) {
  return new Hono<ApiEnv>().get('/', allow('admin'), query(ExportParameters), async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const { secret } = c.get('account');
    const after = cursor === undefined ? {} : { after: parseImageId(openCursor(secret, LIST, cursor)) };
    const { documents, next } = await exportDocuments(deps, c.get('tenant'), { limit, ...after });
    return c.json({ documents, ...(next && { cursor: sealCursor(secret, LIST, next) }) });
  });
}
