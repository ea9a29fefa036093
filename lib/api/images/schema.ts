import * as z from 'zod';
import { cursor, flag, imageName, pageSize } from '../fields.ts';
import { imageId } from '../id-fields.ts';

/** What requests about images take; images/image.ts has what they give. */

export const ImagePath = z.strictObject({ id: imageId.describe('of the image') });

export const ShowParameters = z.strictObject({
  index: flag.describe(
    'true: also says where its words are in the index (`inIndex`), which reads a few items more',
  ),
});

/** What a list can be of; removed images are in none. */
export const LISTED = ['expected', 'received', 'described', 'searchable', 'failed'] as const;
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
