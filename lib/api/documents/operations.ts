import { PIER_ID } from '../openapi/example-values.ts';
import type { Operation } from '../openapi/operation.ts';
import { DocumentsAnswer, DocumentsBody } from './schema.ts';

export const DOCUMENT_OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/documents',
    id: 'importDocuments',
    tag: 'documents',
    summary: 'Up to 100 documents whose words exist already',
    access: 'upload',
    body: DocumentsBody,
    success: { status: 202, description: 'taken; searchable some seconds later', body: DocumentsAnswer },
    example: {
      body: {
        documents: [{ id: 'pier.jpg', tags: ['pier', 'sea'], captions: ['a wooden pier at sunset'] }],
      },
      answer: { images: [{ id: PIER_ID, name: 'pier.jpg' }] },
    },
  },
];
