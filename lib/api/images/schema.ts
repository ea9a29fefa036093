import * as z from 'zod';
import { cursor, imageName, pageSize } from '../fields.ts';
import { imageId } from '../id-fields.ts';

/** What requests about images take; images/image.ts has what they give. */

export const ImagePath = z.strictObject({ id: imageId.describe('of the image') });

/** What a list can be of; removed images are in none. */
export const LISTED = ['expected', 'received', 'described', 'searchable', 'failed'] as const;
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
export const StatusBody = z
  .strictObject({
    ids: z.array(imageId).min(1).max(500).exactOptional(),
    names: z.array(imageName).min(1).max(500).exactOptional(),
  })
  .refine(({ ids, names }) => (ids === undefined) !== (names === undefined), 'takes either ids or names')
  .meta({ id: 'StatusRequest', description: 'either ids or names' });
