import * as z from 'zod';
import { daysOf } from '../../domain/calendar-date.ts';
import type { Answer } from '../answer.ts';
import { cleanText, imageName } from '../fields.ts';
import { imageIdJson } from '../images/image.ts';

const words = z.array(cleanText(5_000)).max(1_000);

const pixels = z.number().min(0).max(1e6);
const GivenBox = z
  .strictObject({ left: pixels, top: pixels, width: pixels, height: pixels })
  .meta({ id: 'GivenBox' });
const GivenView = z
  .strictObject({
    index: z.int().min(0).max(1_000),
    kind: z.enum(['whole', 'crop', 'text']),
    box: GivenBox.exactOptional(),
    ask: z.int().min(2).max(1_000).exactOptional(),
    tags: words,
    caption: cleanText(5_000),
    visibleText: cleanText(5_000),
  })
  .meta({ id: 'GivenView' });
/** From 1800 to 2200, as far as a pattern says it: that a month is shorter shows when the day is read. */
const DAY = String.raw`(?:1[89]\d\d|2[01]\d\d|2200)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const TIME_OF_DAY = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d`;
/** What the file said of itself; its name says that the id of the document is one. */
const GivenFile = z
  .strictObject({
    name: imageName.exactOptional(),
    keywords: z.array(cleanText(200)).max(200).exactOptional(),
    title: cleanText(5_000).exactOptional(),
    description: cleanText(20_000).exactOptional(),
    takenAt: z
      .string()
      .regex(
        /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/,
        'is no moment: write it as 2024-05-17T10:20:30',
      )
      .refine((moment) => daysOf(moment.slice(0, 10)) !== undefined, 'is no day from 1800 to 2200')
      .meta({ openapi: { type: 'string', pattern: `^${DAY}T${TIME_OF_DAY}$` } })
      .exactOptional()
      .describe('by the clock of the camera, as 2024-05-17T10:20:30'),
    storedOn: z
      .string()
      .regex(
        /^\d{4}-\d\d-\d\d(?:T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)?$/,
        'is no day and no moment: write it as 2024-05-17 or 2024-05-17T10:20:30',
      )
      .refine((moment) => daysOf(moment.slice(0, 10)) !== undefined, 'is no day from 1800 to 2200')
      .meta({ openapi: { type: 'string', pattern: `^${DAY}(?:T${TIME_OF_DAY})?$` } })
      .exactOptional(),
    camera: cleanText(201).exactOptional(),
    place: z
      .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
      .meta({ id: 'GivenPlace' })
      .exactOptional(),
  })
  .meta({ id: 'GivenFile' });
/** What was written about an image, view by view, as an export gives it. */
const GivenGloss = z
  .strictObject({
    model: cleanText(200, { minChars: 1 }),
    promptVersion: cleanText(50, { minChars: 1 }),
    cropPolicy: cleanText(50, { minChars: 1 }),
    views: z.array(GivenView).max(1_000),
    file: GivenFile.exactOptional(),
  })
  .meta({ id: 'GivenGloss' });

const Document = z
  .strictObject({
    id: imageName,
    tags: words.optional(),
    captions: words.optional(),
    texts: words.optional(),
    file: GivenFile.optional().describe('what the file of the picture says: date, camera, keywords, title'),
    gloss: GivenGloss.optional().describe('in place of all others'),
  })
  .refine(
    ({ tags = [], captions = [], texts = [], gloss }) =>
      gloss !== undefined || tags.length + captions.length + texts.length > 0,
    'needs texts, tags or captions',
  )
  .refine(
    ({ tags, captions, texts, file, gloss }) => !gloss || !(tags ?? captions ?? texts ?? file),
    'has a gloss and other words; give one or the other',
  )
  .meta({
    id: 'Document',
    description: 'words of an image: at least one text, tag or caption, or a gloss and none of these',
  });

const documents = z
  .array(Document)
  .min(1)
  .max(100)
  .superRefine((all, context) => {
    const seen = new Set<string>();
    for (const [i, { id }] of all.entries()) {
      if (seen.has(id)) context.addIssue({ code: 'custom', path: [i, 'id'], message: 'is there twice' });
      seen.add(id);
    }
  });
export const DocumentsBody = z.strictObject({ documents }).meta({ id: 'DocumentsRequest' });

const AcceptedDocument = z
  .strictObject({ id: imageIdJson, name: z.string().describe('the id of the document') })
  .meta({ id: 'AcceptedDocument' });

/** POST /v1/documents, in the order of the documents. */
export const DocumentsAnswer = z
  .strictObject({ images: z.array(AcceptedDocument) })
  .meta({ id: 'DocumentsAnswer' });
export type DocumentsAnswer = Answer<typeof DocumentsAnswer>;
