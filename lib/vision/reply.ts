import * as z from 'zod';
import { GlossError } from '../domain/errors.ts';
import type { ViewWords } from '../domain/gloss.ts';
import { TOOL_NAME } from './prompt.ts';
import { replyObject, type Fields } from './reply-object.ts';

const MAX_TAGS = 60;
const MAX_TAG_CHARS = 80;
const MAX_CAPTION_CHARS = 1_000;
const MAX_VISIBLE_TEXT_CHARS = 2_000;
/** Of what a model says instead of words, as much is told. */
const MAX_TOLD_CHARS = 200;

/** What stops an answer that was asked for: the model's filter or the account's guardrail (Amazon Bedrock API Reference, Converse). */
const STOPPED_BY_FILTER = new Set(['content_filtered', 'guardrail_intervened']);
/** How models say that they will not answer. */
const DECLINES =
  /^\W*(?:i(?:['’]m| am) (?:sorry|unable|not able)|sorry,|(?:my )?apologies|i (?:can(?:not| not|['’]t)|won['’]t|must decline|apologi[sz]e|do(?:n['’]t| not) (?:see an image|feel comfortable))|i['’]d rather not|as an ai|unfortunately,? i|unable to (?:describe|assist|help))\b/i;
/** What says of a picture that it is one. */
const FRAME =
  /^(?:in )?(?:the|this) (?:image|picture|photo|photograph)(?:,| (?:shows|depicts|features|displays|captures|contains|is of|presents))\s+/i;
const FRAME_BEHIND = /\s+in (?:the|this) (?:image|picture|photo|photograph)(?=[.!]?$)/i;
/** What models write for no text. */
const NO_TEXT =
  /^(?:n\/a|null|nil|no (?:visible )?text(?: (?:is )?visible)?(?: in the (?:image|picture))?|an empty string|-+|"")\.?$/i;

/** Soft hyphens and joiners, which stand inside words. */
const UNSEEN = /[\u00AD\u200C\u200D\u2060\uFEFF]/gu;
/** White space folded and control characters gone: what a picture or a model says is data, and plain text. */
const folded = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
const cut = (text: string, maxChars: number): string => text.slice(0, maxChars).trimEnd().toWellFormed();

const Tag = z
  .union([
    z.string(),
    z.number().transform(String),
    // Some write of each tag how sure they are.
    z
      .object({ name: z.string().optional(), tag: z.string().optional(), label: z.string().optional() })
      .transform(({ name, tag, label }) => name ?? tag ?? label ?? ''),
  ])
  .catch('');

const Reply = z.object({
  // Some models write a list as one string.
  tags: z
    .preprocess((tags) => (typeof tags === 'string' ? listIn(tags) : (tags ?? [])), z.array(Tag))
    .transform((tags) =>
      tags.map((tag) => cut(folded(tag.replace(/^\s*(?:[-*•]|\d+[.)])\s+/u, '')), MAX_TAG_CHARS)),
    ),
  // A reply that was cut off at the output limit lacks its end; the tags are worth having all the same.
  caption: z.string().transform(captionOf).catch(''),
  visibleText: z
    .string()
    .transform((text) => (NO_TEXT.test(text.trim()) ? '' : cut(folded(text), MAX_VISIBLE_TEXT_CHARS)))
    .catch(''),
});

/**
 * A model's reply as words of a view: the input of the tool, or a text that has it. Lists and texts over the limits are cut; other fields are dropped.
 * @param stopReason why the model ended, in the words of Amazon Bedrock
 * @throws GlossError `invalid` when the model will not describe the picture, `unavailable` when the reply has no words: asking again may bring
 * better ones.
 */
export function parseReply(reply: unknown, stopReason?: string): ViewWords {
  if (stopReason !== undefined && STOPPED_BY_FILTER.has(stopReason))
    throw declined(`a filter stopped the model (${stopReason})`);
  const object = replyObject(reply, TOOL_NAME, hasWords);
  const told = object ? refusalIn(object) : typeof reply === 'string' ? reply : '';
  if (DECLINES.test(folded(told))) throw declined(`the model says: "${cut(folded(told), MAX_TOLD_CHARS)}"`);
  const read = Reply.safeParse(object);
  if (!read.success) throw outside(z.prettifyError(read.error));
  const { tags, caption, visibleText } = read.data;
  const words = {
    tags: [...new Set(tags)].filter((tag) => tag !== '').slice(0, MAX_TAGS),
    caption,
    visibleText,
  };
  if (words.tags.length === 0 && caption === '') throw outside('it has neither tags nor a caption');
  return words;
}

const hasWords = ({ tags, caption }: Fields): boolean =>
  Array.isArray(tags) ||
  (typeof tags === 'string' && tags !== '') ||
  (typeof caption === 'string' && caption !== '');

/** What stands in the caption where nothing else is said. */
const refusalIn = ({ tags, caption }: Fields): string =>
  typeof caption === 'string' && (!Array.isArray(tags) || tags.length === 0) ? caption : '';

/** A list that is written as one text, or as JSON in it. */
function listIn(text: string): unknown {
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) return list;
  } catch {
    // no JSON
  }
  return text.split(/[,;\n]/);
}

/** Without what says that a picture is one, and each sentence once: models that loop say one again and again. */
function captionOf(text: string): string {
  const sentences = new Set(folded(text).split(/(?<=[.!?]) /u));
  const unframed = [...sentences].join(' ').replace(FRAME, '').replace(FRAME_BEHIND, '');
  return cut(unframed, MAX_CAPTION_CHARS);
}

const declined = (how: string) =>
  new GlossError('invalid', 'model_declined', `the model will not describe this picture: ${how}`);
const outside = (how: string) =>
  new GlossError('unavailable', 'model_reply', `the model's reply is outside the schema: ${how}`);
