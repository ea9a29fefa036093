import * as z from 'zod';
import { GlossError } from '../domain/errors.ts';
import type { ViewWords } from '../domain/gloss.ts';

const MAX_TAGS = 60;
const MAX_TAG_CHARS = 80;
const MAX_CAPTION_CHARS = 1_000;
const MAX_VISIBLE_TEXT_CHARS = 2_000;

/** White space folded and control characters gone: what a picture or a model says is data, and plain text. */
const plain = (maxChars: number) =>
  z.string().transform((text) =>
    text
      .toWellFormed()
      .normalize('NFC')
      .replace(/[\p{C}\s]+/gu, ' ')
      .trim()
      .slice(0, maxChars)
      .trimEnd()
      .toWellFormed(),
  );

const Reply = z.object({
  // Some models write a list as one string.
  tags: z.preprocess(
    (tags) => (typeof tags === 'string' ? tags.split(',') : tags),
    z.array(plain(MAX_TAG_CHARS)),
  ),
  // A reply that was cut off at the output limit lacks its end; the tags are worth having all the same.
  caption: plain(MAX_CAPTION_CHARS).catch(''),
  visibleText: plain(MAX_VISIBLE_TEXT_CHARS).catch(''),
});

/**
 * A model's tool input as words of a view. Lists and texts over the limits are cut; other fields are dropped.
 * @throws GlossError `unavailable` when the reply is outside the schema: asking again may bring a better one.
 */
export function parseReply(input: unknown): ViewWords {
  const reply = Reply.safeParse(input);
  if (!reply.success) {
    throw new GlossError(
      'unavailable',
      'model_reply',
      `the model's reply is outside the schema: ${z.prettifyError(reply.error)}`,
    );
  }
  const { tags, caption, visibleText } = reply.data;
  return { tags: [...new Set(tags)].filter((tag) => tag !== '').slice(0, MAX_TAGS), caption, visibleText };
}
