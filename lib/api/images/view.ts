import * as z from 'zod';
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
    ask: count
      .exactOptional()
      .describe('which ask about the view these words answer, from 2; absent: the first'),
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
/** What is known of the file but its name. */
export const WrittenJson = z
  .strictObject({
    keywords: z
      .array(z.string())
      .exactOptional()
      .describe('of the file, without those that people removed, and with those that they added'),
    title: z.string().exactOptional(),
    description: z.string().exactOptional(),
    takenAt: z.string().exactOptional().describe('by the clock of the camera, without a time zone'),
    storedOn: z.string().exactOptional().describe('when it came, in UTC: a moment, or a day alone'),
    camera: z.string().exactOptional().describe('make and model'),
    place: z
      .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
      .meta({ id: 'Place' })
      .exactOptional()
      .describe('where it was taken, in degrees; only where the tenant asks for it'),
  })
  .meta({ id: 'WrittenInFile', description: 'what is known of the file: IPTC, XMP, EXIF, and when it came' });
export type WrittenJson = Answer<typeof WrittenJson>;

export const GlossJson = z
  .strictObject({
    ...origin,
    views: z.array(ViewJson),
    file: z
      .strictObject({ name: z.string().exactOptional(), ...WrittenJson.shape })
      .meta({ id: 'FileWords' })
      .exactOptional()
      .describe('what the file says of itself'),
  })
  .meta({ id: 'Gloss' });
export const ShownGloss = z
  .strictObject({ ...origin, views: z.array(ShownView), file: WrittenJson.exactOptional() })
  .meta({ id: 'ShownGloss' });
export type ShownGloss = Answer<typeof ShownGloss>;
