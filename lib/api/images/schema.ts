import * as z from 'zod';
import { cursor, pageSize } from '../fields.ts';
import { imageId } from '../id-fields.ts';

/** What requests about images take; images/image.ts has what they give. */

export const ImagePath = z.strictObject({ id: imageId });
export const ListParameters = z.strictObject({ limit: pageSize(100, 50), cursor });
export const StatusBody = z
  .strictObject({ ids: z.array(imageId).min(1).max(100) })
  .meta({ id: 'StatusRequest' });
