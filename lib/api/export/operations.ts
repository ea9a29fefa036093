import { PIER_VIEWS } from '../openapi/example-values.ts';
import type { Operation } from '../openapi/operation.ts';
import { ExportPage, ExportParameters } from './schema.ts';

export const EXPORT_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/export',
    id: 'exportDocuments',
    tag: 'documents',
    summary: 'Everything that was written about the tenant’s images, as an import takes it',
    access: 'admin',
    query: ExportParameters,
    success: { status: 200, description: 'a page; no cursor on the last one', body: ExportPage },
    example: {
      query: { limit: '50' },
      answer: {
        documents: [
          {
            id: 'pier.jpg',
            gloss: {
              model: 'import',
              promptVersion: '-',
              cropPolicy: 'none',
              views: PIER_VIEWS,
              file: { name: 'pier.jpg' },
            },
          },
        ],
      },
    },
  },
];
