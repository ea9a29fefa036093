import * as z from 'zod';
import { tidyWord, wordKey } from '../../domain/peoples-words.ts';
import { isVisible } from '../../domain/visible-text.ts';
import { cleanText, cursor, flag, imageName, pageSize } from '../fields.ts';
import { imageId } from '../id-fields.ts';

/** What requests about images take; images/image.ts has what they give. */

export const ImagePath = z.strictObject({ id: imageId.describe('of the image') });

export const ShowParameters = z.strictObject({
  index: flag.describe(
    'true: also says where its words are in the index (`inIndex`), which reads a few items more',
  ),
});

/** What a list can be of; removed images are in none. */
export const LISTED = ['expected', 'received', 'waiting', 'described', 'searchable', 'failed'] as const;
export type ListedStatus = (typeof LISTED)[number];
export const ListParameters = z.strictObject({
  limit: pageSize(100, 50),
  cursor,
  status: z
    .enum(LISTED)
    .exactOptional()
    .describe(
      'those alone that stand so: a page may have fewer than limit, also none, and a cursor; expected are those that were invited and are not there',
    ),
});
/** Those of a request: ids or names, at most so many. */
const asked = (most: number) => ({
  ids: z.array(imageId).min(1).max(most).exactOptional(),
  names: z.array(imageName).min(1).max(most).exactOptional(),
});
type Asked = Readonly<Partial<Record<'ids' | 'names', readonly string[]>>>;
const isEither = ({ ids, names }: Asked): boolean => (ids === undefined) !== (names === undefined);
const EITHER = 'takes either ids or names';

export const StatusBody = z
  .strictObject(asked(500))
  .refine(isEither, EITHER)
  .meta({ id: 'StatusRequest', description: 'either ids or names' });
export const DeletionBody = z
  .strictObject(asked(100))
  .refine(isEither, EITHER)
  .meta({ id: 'DeletionRequest', description: 'either ids or names' });

/** As long as a keyword of a file may be. */
const MAX_WORD_CHARS = 200;
/** Joiners do not show either, and letters of some scripts and pictographs need them. */
const JOINERS = /[\u200C\u200D]/gu;
const HAS_SIGN = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

const addedWord = cleanText(MAX_WORD_CHARS, { minChars: 1 })
  .refine(
    (word) => isVisible(word.replaceAll(JOINERS, '')),
    'holds a character that does not show, such as a line break, or one that changes how others show',
  )
  .refine((word) => HAS_SIGN.test(word), 'needs a letter or a digit: no search finds a word without one');
/** What is there is named as it is there. */
const removedWord = cleanText(MAX_WORD_CHARS, { minChars: 1 }).refine(
  (word) => tidyWord(word) !== '',
  'must not be empty',
);

/** What is added and removed, so that two people who edit one image at once undo nothing of each other's. */
const KeywordEdit = z
  .strictObject({
    add: z
      .array(addedWord)
      .max(100)
      .default([])
      .describe('become keywords, as those of a file; capitals make no other word'),
    remove: z
      .array(removedWord)
      .max(200)
      .default([])
      .describe('keywords and tags that go and stay away, whatever the model says later'),
  })
  .superRefine(({ add, remove }, context) => {
    if (add.length + remove.length === 0)
      context.addIssue({ code: 'custom', message: 'names no word: give some to add or to remove' });
    const adding = new Set(add.map(wordKey));
    for (const [i, word] of remove.entries())
      if (adding.has(wordKey(word)))
        context.addIssue({ code: 'custom', path: ['remove', i], message: 'is to be added, too' });
  })
  .meta({ id: 'KeywordEdit', description: 'at least one word to add or to remove' });

export const ImageChangeBody = z.strictObject({ keywords: KeywordEdit }).meta({ id: 'ImageChangeRequest' });
export const KeywordsBody = z
  .strictObject({ ...asked(100), keywords: KeywordEdit })
  .refine(isEither, EITHER)
  .meta({ id: 'KeywordsRequest', description: 'either ids or names, and the edit of all of them' });
