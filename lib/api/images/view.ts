import { z } from 'zod';
import type { Answer } from '../answer.ts';
import { address, count } from '../fields.ts';

/** Pixels of the upright picture. */
export const BoxJson = z
  .strictObject({ left: z.number(), top: z.number(), width: z.number(), height: z.number() })
  .meta({ id: 'Box', description: 'a rectangle in pixels of the upright picture' });
export type BoxJson = Answer<typeof BoxJson>;

/** One view with what was written about it. */
export const ViewJson = z
  .strictObject({
    index: count.describe('within the image; 0 is the whole picture'),
    kind: z.enum(['whole', 'crop', 'text']).describe('text: imported words, without a picture'),
    box: BoxJson.exactOptional(),
    tags: z.array(z.string()),
    caption: z.string(),
    visibleText: z.string().describe('that can be read in the picture'),
  })
  .meta({ id: 'View' });
export type ViewJson = Answer<typeof ViewJson>;

const cropUrl = address.exactOptional().describe('of a crop as the model was shown it; short-lived');

/** A view with the address of its picture. */
export const ShownView = z.strictObject({ ...ViewJson.shape, cropUrl }).meta({ id: 'ShownView' });
export type ShownView = Answer<typeof ShownView>;

/** How words were made, and for which views. */
const origin = { model: z.string(), promptVersion: z.string(), cropPolicy: z.string() };

/** Everything that was written about an image. */
export const GlossJson = z.strictObject({ ...origin, views: z.array(ViewJson) }).meta({ id: 'Gloss' });
export const ShownGloss = z.strictObject({ ...origin, views: z.array(ShownView) }).meta({ id: 'ShownGloss' });
export type ShownGloss = Answer<typeof ShownGloss>;
