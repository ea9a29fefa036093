import { z } from 'zod';

/** Requests as they come in; every object is strict, so that a misspelt field is told instead of ignored. */

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
/** Text that can be stored and shown: no NUL, no half characters. */
const cleanText = (maxChars: number) =>
  z
    .string()
    .max(maxChars)
    .refine((text) => !text.includes('\u0000'), 'holds a NUL character')
    .refine((text) => text.isWellFormed(), 'holds half a character (a lone surrogate)');

const pageSize = (most: number, usual: number) => z.coerce.number().int().min(1).max(most).default(usual);

export const SearchParameters = z.strictObject({
  q: cleanText(10_000),
  limit: pageSize(100, 20),
  explain: flag.default(false),
});

export const ListParameters = z.strictObject({
  limit: pageSize(100, 50),
  cursor: z.string().optional(),
});

const name = cleanText(1_000).min(1);

export const UploadsBody = z.strictObject({
  files: z
    .array(
      z.strictObject({
        name,
        bytes: z.int().min(0),
        contentType: z
          .string()
          .max(100)
          .regex(/^[\w.+-]+\/[\w.+-]+$/, 'is no media type'),
      }),
    )
    .min(1)
    .max(100),
});

const words = z.array(cleanText(5_000)).max(1_000);

export const DocumentsBody = z.strictObject({
  documents: z
    .array(
      z
        .strictObject({
          id: name,
          tags: words.optional(),
          captions: words.optional(),
          texts: words.optional(),
        })
        .refine(({ tags, captions, texts }) => tags ?? captions ?? texts, 'needs texts, tags or captions'),
    )
    .min(1)
    .max(100)
    .superRefine((documents, context) => {
      const seen = new Set<string>();
      for (const [i, { id }] of documents.entries()) {
        if (seen.has(id)) context.addIssue({ code: 'custom', path: [i, 'id'], message: 'is there twice' });
        seen.add(id);
      }
    }),
});

export const StatusBody = z.strictObject({ ids: z.array(z.string()).min(1).max(100) });
