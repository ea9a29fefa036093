import * as z from 'zod';
import type { Answer } from '../answer.ts';
import { cleanText, count, pageSize } from '../fields.ts';

export const WordsParameters = z.strictObject({
  prefix: cleanText(100).describe('letters that the words begin with'),
  limit: pageSize(20, 8),
});

/** A word and how many images have it. */
export const WordCount = z.strictObject({ word: z.string(), count }).meta({ id: 'WordCount' });
export type WordCount = Answer<typeof WordCount>;

/** GET /v1/words, the most frequent first. */
export const WordsAnswer = z.strictObject({ words: z.array(WordCount) }).meta({ id: 'WordsAnswer' });
export type WordsAnswer = Answer<typeof WordsAnswer>;
