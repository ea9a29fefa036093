import * as z from 'zod';
import { MAX_EXPORTED } from '../../steps/images/export-documents.ts';
import type { Answer } from '../answer.ts';
import { cursor, nextCursor, pageSize } from '../fields.ts';
import { imageIdJson } from '../images/image.ts';
import { GlossJson } from '../images/view.ts';

export const ExportParameters = z.strictObject({ limit: pageSize(MAX_EXPORTED, MAX_EXPORTED), cursor });

const ExportedDocument = z
  .strictObject({ id: z.string().describe('the name of the image'), gloss: GlossJson })
  .meta({ id: 'ExportedDocument', description: 'as POST /v1/documents takes it' });

/** GET /v1/export */
export const ExportPage = z
  .strictObject({
    documents: z.array(ExportedDocument),
    unreadable: z
      .array(imageIdJson)
      .exactOptional()
      .describe('images of this page that are left out, since their record or words are damaged'),
    cursor: nextCursor.exactOptional(),
  })
  .meta({ id: 'ExportPage' });
export type ExportPage = Answer<typeof ExportPage>;
