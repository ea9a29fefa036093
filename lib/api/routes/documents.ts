import { Hono } from 'hono';
import { checkQuota } from '../../steps/images/check-quota.ts';
import { importDocuments } from '../../steps/images/import-documents.ts';
import type { ApiDeps } from '../app.ts';
import { allow, type ApiEnv } from '../authenticate.ts';
import { DocumentsBody } from '../schemas.ts';
import { body } from '../validate.ts';

/** POST /v1/documents: up to 100 documents whose words exist already; searchable some seconds later. */
export function documentRoutes(deps: ApiDeps) {
  return new Hono<ApiEnv>().post('/', allow('upload'), body(DocumentsBody), async (c) => {
    const { documents } = c.req.valid('json');
    const { limits } = c.get('account').settings;
    await checkQuota(deps.records, c.get('tenant'), limits, { images: documents.length, bytes: 0 });
    return c.json({ images: await importDocuments(deps, c.get('tenant'), documents) }, 202);
  });
}
