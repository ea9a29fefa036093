import { FIELD_NAMES } from '../../query/syntax/fields.ts';
import { FILE_FIELDS } from '../../text/file-fields.ts';
import { MAX_QUERY_CHARS } from '../../query/syntax/query-limits.ts';
import { DATE_ORDERS } from '../../domain/calendar-date.ts';
import * as z from 'zod';
import type { Answer } from '../answer.ts';
import { READINGS } from '../../query/syntax/query-note.ts';
import { cleanText, count, cursorOf, flag, pageSize } from '../fields.ts';
import { imageIdJson, pictureFacts, thumbnailAddress } from '../images/image.ts';
import { ShownView, WrittenJson } from '../images/view.ts';
import { WordCount } from '../words/schema.ts';

/** Longer queries than there may be get as far as the parser, which says where they are too long. */
const queryText = cleanText(10_000).meta({
  openapi: { type: 'string', minLength: 1, maxLength: MAX_QUERY_CHARS, pattern: '^[^\\x00]*$' },
  description:
    'words to search for: +must -not "a phrase" AND OR NOT tag:x name:x keyword:x title:x description:x date:2024-05 before:2024 after:2023 camera:x sky*',
});

export const SearchParameters = z.strictObject({
  q: queryText,
  limit: pageSize(100, 20),
  explain: flag.describe('whether hits say how their scores come about'),
  likely: flag.describe('whether to add images without the words that speak of what goes with them'),
  related: flag.describe('whether to add words that would split the answer'),
  plain: flag.describe('whether the text is words and nothing else, without syntax and synonyms'),
  sort: z
    .enum(['best', ...DATE_ORDERS])
    .default('best')
    .describe(
      'best first, or by when the pictures were taken or came; those with all words are first in each',
    ),
  cursor: cursorOf(8_000),
});
export type SearchFields = z.output<typeof SearchParameters>;

/** Where a word of the query stands in a view's words. */
const HighlightJson = z
  .strictObject({
    field: z.enum(['tag', 'caption', 'text']),
    index: count.describe('which tag; 0 for the others'),
    start: count.describe('in UTF-16 code units'),
    end: count.describe('in UTF-16 code units, behind the word'),
  })
  .meta({ id: 'Highlight' });

/** A view that holds words of the query. */
export const HitView = z
  .strictObject({
    ...ShownView.shape,
    words: z.array(z.string()).describe('that matched, as they stand in what was written about the view'),
    highlights: z.array(HighlightJson),
  })
  .meta({ id: 'HitView', description: 'texts over 300 characters are cut; the image has them whole' });
export type HitView = Answer<typeof HitView>;

/** Where a word of the query stands in what the file says of itself. */
const FileHighlightJson = z
  .strictObject({ ...HighlightJson.shape, field: z.enum(FILE_FIELDS) })
  .meta({ id: 'FileHighlight' });

/** What the file says of itself, where that holds words of the query. */
const HitFile = z
  .strictObject({
    words: z.array(z.string()).describe('that matched, as they stand there'),
    highlights: z.array(FileHighlightJson),
    ...WrittenJson.shape,
  })
  .meta({ id: 'HitFile', description: 'texts over 300 characters are cut; the image has them whole' });
export type HitFile = Answer<typeof HitFile>;

const ExplainedTermJson = z
  .strictObject({
    term: z.string().describe('as it is indexed; "=person" is the class of persons'),
    score: z.number(),
    weight: z.number().describe('0 for a function word, which only orders what is reranked'),
    idf: z.number(),
    docFreq: count.describe('images that have the term'),
    termFreq: count.describe('times that this image has it'),
    earliness: z
      .number()
      .exactOptional()
      .describe(
        'what `termFreq` is multiplied with: 1 where texts say the term at their start, 0.125 where at their end, and a quarter of that in crops; absent with `plain`',
      ),
    via: z.string().exactOptional().describe('what was typed, where the term stands for it'),
    together: z
      .number()
      .exactOptional()
      .describe('part of the score for standing close to its neighbours in the query'),
    agreed: z.number().exactOptional().describe('part of the score for the share of views that say it'),
  })
  .meta({ id: 'ExplainedTerm' });

/** How a score comes about: the terms' scores add up to it. */
export const ExplanationJson = z
  .strictObject({
    terms: z.array(ExplainedTermJson),
    docLen: count.describe('terms of this image'),
    avgDocLen: z.number(),
    docCount: count.describe('images of the index'),
    k1: z.number(),
    b: z.number(),
    sameView: z
      .strictObject({ viewIndex: count, terms: z.array(z.string()), score: z.number() })
      .meta({
        id: 'SameView',
        description:
          'the view in which words of the query stand close together and in its order, and what that adds',
      })
      .exactOptional(),
  })
  .meta({ id: 'Explanation' });
export type ExplanationJson = Answer<typeof ExplanationJson>;

/** An image that was found. */
export const Hit = z
  .strictObject({
    id: imageIdJson,
    name: z.string(),
    score: z.number(),
    hasAll: z
      .boolean()
      .exactOptional()
      .describe('whether it has all words of a query of two to four; those that have come first'),
    ...pictureFacts,
    ...thumbnailAddress,
    date: z
      .string()
      .exactOptional()
      .describe(
        'when it was taken, as 2024-05-17T10:20:30 by the clock of the camera; or when it came, in UTC',
      ),
    views: z
      .array(HitView)
      .describe(
        'that hold words of the query, the most telling first, at most ten; the first crop of them has its address; the whole picture where its file alone has them',
      ),
    file: HitFile.exactOptional().describe(
      'where the name of the picture, or what people wrote into it, has words of the query',
    ),
    explanation: ExplanationJson.exactOptional().describe('with explain=true'),
    cut: z
      .literal(true)
      .exactOptional()
      .describe('views, words or terms are left out, so that the answer fits; the image has them whole'),
  })
  .meta({ id: 'Hit' });
export type Hit = Answer<typeof Hit>;

/** A word or phrase of the query, as it was understood. */
export const ClauseJson = z
  .strictObject({
    occur: z.enum(['should', 'must', 'not']),
    kind: z
      .enum(['exact', 'phrase', 'prefix', 'dates'])
      .exactOptional()
      .describe('left out for a plain word'),
    text: z.string(),
    at: count.describe('where in the query it begins, in UTF-16 code units'),
    terms: z.array(z.string()).describe('as they are looked up; those of a prefix and of dates come later'),
    field: z.string().exactOptional().describe(FIELD_NAMES.join(', ')),
  })
  .meta({ id: 'Clause' });
export type ClauseJson = Answer<typeof ClauseJson>;

const RelatedWord = z
  .strictObject({ ...WordCount.shape, term: z.string().describe('of the index that the word stands for') })
  .meta({ id: 'RelatedWord' });

const Related = z
  .strictObject({ words: z.array(RelatedWord), candidates: count })
  .meta({ id: 'Related', description: 'words to narrow by, counted among the best candidates' });

const Suggestion = z
  .strictObject({
    at: count.describe('where in the query the misspelt word begins, in UTF-16 code units'),
    text: z.string().describe('the misspelt word'),
    words: z.array(WordCount),
  })
  .meta({ id: 'Suggestion' });

const SearchFiguresJson = z
  .strictObject({
    docCount: count.describe('images of the index'),
    segments: count,
    postings: count.describe('that were read'),
    evaluateMs: z.number(),
    totalMs: z.number(),
  })
  .meta({ id: 'SearchFigures', description: 'what the search cost' });

/** How a piece of a query was read, where that is not plain from the piece. */
const QueryNoteJson = z
  .strictObject({
    as: z
      .enum(READINGS)
      .describe(
        'left out: a function word, a frame such as "a photo of", punctuation; kept: a word, an unknown field, what is no date behind a field of dates; what is asked not to be there',
      ),
    text: z.string().describe('as typed'),
    at: count.describe('where in the query it begins, in UTF-16 code units'),
  })
  .meta({ id: 'QueryNote' });

/** GET /v1/search */
export const SearchAnswer = z
  .strictObject({
    query: z
      .strictObject({
        text: z.string(),
        clauses: z.array(ClauseJson),
        readAs: z
          .array(QueryNoteJson)
          .exactOptional()
          .describe('pieces that were left out, or read in another way than they look'),
        withoutAbsent: z
          .string()
          .exactOptional()
          .describe('where words are asked not to be there: the query that excludes pictures that have them'),
      })
      .meta({ id: 'UnderstoodQuery' })
      .describe('as it was understood'),
    total: count.describe('how many images match; totalIs says how exactly'),
    totalIs: z.enum(['exact', 'at least', 'at most']),
    withAll: z
      .strictObject({ total: count, totalIs: z.enum(['exact', 'at least', 'at most']) })
      .meta({ id: 'WithAll' })
      .exactOptional()
      .describe('for a query of two to four words: how many of the images have all of them'),
    hits: z.array(Hit).describe('those with all words first, and of each the best first, or as sort asks'),
    cursor: z
      .string()
      .exactOptional()
      .describe(
        'of the next page of the same query; absent on the last. A page may have fewer hits than wanted, or none',
      ),
    checked: z
      .strictObject({ glosses: count, candidates: count })
      .meta({ id: 'Checked' })
      .exactOptional()
      .describe('where only glosses decide and not all were looked at: of how many candidates how many were'),
    likely: z
      .array(Hit)
      .exactOptional()
      .describe('with likely=true: images without the words whose glosses speak of what goes with them'),
    related: Related.exactOptional().describe('with related=true'),
    didYouMean: z
      .array(Suggestion)
      .exactOptional()
      .describe('when nothing matches and a word is like one that images have'),
    index: z
      .strictObject({
        stale: z.literal(true).describe('its words were analysed in another way than the query'),
      })
      .meta({ id: 'SearchedIndex' })
      .exactOptional()
      .describe('present where some images may be missed until the operator has the index made again'),
    figures: SearchFiguresJson,
  })
  .meta({ id: 'SearchAnswer' });
export type SearchAnswer = Answer<typeof SearchAnswer>;
