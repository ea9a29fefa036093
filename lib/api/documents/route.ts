import { Hono } from 'hono';
import { composedName } from '../../domain/numbered-name.ts';
import { checkQuota, type QuotaDeps } from '../../steps/images/check-quota.ts';
import { importDocuments, type ImportDeps } from '../../steps/images/import-documents.ts';
import type { ApiEnv } from '../env.ts';
import { body } from '../validate.ts';
import { DocumentsBody, type DocumentsAnswer } from './schema.ts';

/** POST /v1/documents: up to 100 documents whose words exist already; searchable some seconds later. */
export function documentRoutes(deps: ImportDeps & QuotaDeps) {
  return new Hono<ApiEnv>().post('/', body(DocumentsBody), async (c) => {
    const documents = c.req.valid('json').documents.map((one) => ({ ...one, id: composedName(one.id) }));
    const { limits } = c.get('account').settings;
    await checkQuota(deps, c.get('tenant'), limits, { images: documents.length, bytes: 0 });
    const imported = await importDocuments(deps, c.get('account'), documents);
    const answer: DocumentsAnswer = { images: imported.map(({ id, name }) => ({ id, name })) };
    return c.json(answer, 202);
  });
}
