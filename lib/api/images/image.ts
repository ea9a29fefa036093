import * as z from 'zod';
import { WAIT_CODES } from '../../domain/wait-code.ts';
import type { Answer } from '../answer.ts';
import { address, count, nextCursor, sha256, time } from '../fields.ts';
import { ShownGloss } from './view.ts';

/** Why an image failed, or a file was refused. */
export const Failure = z
  .strictObject({
    code: z.string().describe('a stable word for programs'),
    reason: z.string().describe('for the person who uploaded it'),
    retryable: z.boolean().describe('whether the same file may succeed later'),
  })
  .meta({ id: 'Failure' });
export type Failure = Answer<typeof Failure>;

/** Why an image waits to be described: it goes on by itself. */
export const Waiting = z
  .strictObject({
    code: z.enum(WAIT_CODES).describe('a stable word for programs'),
    reason: z.string().describe('for the person who uploaded it'),
    since: time,
    until: time.describe(
      'when it is tried again at the latest; sooner where what it waits for is there, as when a budget is raised',
    ),
  })
  .meta({ id: 'Waiting' });
export type Waiting = Answer<typeof Waiting>;

/** What is known of a picture once it is decoded. */
export const pictureFacts = {
  format: z.string().exactOptional().describe('such as jpeg'),
  widthPx: count.exactOptional().describe('of the upright picture'),
  heightPx: count.exactOptional().describe('of the upright picture'),
};

const PictureNote = z
  .strictObject({ code: z.string().describe('a stable word for programs'), text: z.string() })
  .meta({ id: 'PictureNote', description: 'what of a picture was not read' });

/** Short-lived addresses of an image that has a picture. */
export const pictureAddresses = {
  url: address
    .exactOptional()
    .describe(
      'of the original, shown as the type that it was decoded as, otherwise a file to save; short-lived; absent for a failed image',
    ),
  thumbnailUrl: address.exactOptional().describe('short-lived'),
};

/** That of a hit: the original is signed when the image is opened. */
export const thumbnailAddress = { thumbnailUrl: pictureAddresses.thumbnailUrl };

const IMAGE_STATUSES = ['received', 'waiting', 'described', 'searchable', 'failed', 'removed'] as const;
export const imageStatus = z
  .enum(IMAGE_STATUSES)
  .describe(
    'waiting: it is described later by itself, and `waiting` says why; removed is told by POST /v1/images/status and the webhook alone',
  );
export const imageIdJson = z.string().regex(/^[0-9a-f]{32}$/);
/** Grows with every upload of the name. */
export const sequencer = z
  .string()
  .regex(/^[0-9A-F]{32}$/)
  .describe('of two states of an image the later one has the greater sequencer');

const ImageFigures = z
  .strictObject({
    decodeMs: z.number(),
    modelMs: z.number(),
    views: count,
    inputTokens: count,
    outputTokens: count,
  })
  .meta({ id: 'ImageFigures', description: 'how long describing a picture took and what it cost' });

/** How an image stands. */
export const Image = z
  .strictObject({
    id: imageIdJson,
    name: z.string(),
    status: imageStatus,
    sequencer,
    failure: Failure.exactOptional(),
    waiting: Waiting.exactOptional().describe('only of an image that is waiting'),
    bytes: count.exactOptional(),
    sha256: sha256.exactOptional().describe('of the file; absent for imported words, and until it is known'),
    ...pictureFacts,
    notes: z
      .array(PictureNote)
      .exactOptional()
      .describe('what of the picture was not read; absent where all of it was'),
    figures: ImageFigures.exactOptional(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'Image' });
export type Image = Answer<typeof Image>;

/** Where the words of an image are in the index. */
const InIndex = z
  .strictObject({
    segment: z.string().describe('of the index, which has it until a merge'),
    document: count.describe('its number there'),
    isCurrent: z
      .boolean()
      .describe(
        'whether they are the words of the present state; otherwise searches find those of a state before',
      ),
  })
  .meta({ id: 'InIndex' });

const WordChanges = z
  .strictObject({
    added: z.array(z.string()).describe('keywords of people'),
    removed: z.array(z.string()).describe('of file and model, in neither keywords nor tags any more'),
  })
  .meta({ id: 'WordChanges', description: 'what people changed of the words of an image' });

/** An image with the addresses of its picture and all its words. */
export const ShownImage = z
  .strictObject({
    ...Image.shape,
    source: z
      .enum(['upload', 'import'])
      .describe('upload: a model describes it; import: its words came ready-made'),
    arrivedAt: time
      .exactOptional()
      .describe('when the picture, or the words, that are there now came; absent where that is not known'),
    ...pictureAddresses,
    gloss: ShownGloss.exactOptional(),
    inIndex: InIndex.exactOptional().describe(
      'only where it was asked for by index=true; absent where no words of it are in the index',
    ),
    changes: WordChanges.exactOptional().describe(
      'keywords and tags of the gloss have them; absent where there are none',
    ),
  })
  .meta({ id: 'ShownImage' });
export type ShownImage = Answer<typeof ShownImage>;

/** Of an image that has a form to upload by, and of which nothing has arrived. */
export const ExpectedImage = z
  .strictObject({
    id: imageIdJson,
    name: z.string(),
    status: z.literal('expected'),
    bytes: count.describe('that are announced'),
    expiresAt: time.describe('until then it is expected, and its room is kept; it ends by itself'),
  })
  .meta({ id: 'ExpectedImage' });
export type ExpectedImage = Answer<typeof ExpectedImage>;

/** GET /v1/images */
export const ImagesPage = z
  .strictObject({
    images: z.array(Image).describe('none where expected ones were asked for'),
    expected: z
      .array(ExpectedImage)
      .exactOptional()
      .describe('those that were invited and are not there; only for status=expected'),
    cursor: nextCursor.exactOptional(),
  })
  .meta({ id: 'ImagesPage' });
export type ImagesPage = Answer<typeof ImagesPage>;

/** An id that was asked for and belongs to no image of the tenant. */
const UnknownImage = z
  .strictObject({ id: imageIdJson, status: z.literal('unknown') })
  .meta({ id: 'UnknownImage' });

/** Of an image whose record cannot be read. */
const UnreadableImage = z
  .strictObject({ id: imageIdJson, status: z.literal('unreadable') })
  .meta({ id: 'UnreadableImage' });

const AskedImage = z
  .discriminatedUnion('status', [Image, ExpectedImage, UnknownImage, UnreadableImage])
  .meta({ id: 'AskedImage' });

/** POST /v1/images/status, in the order asked. */
export const StatusAnswer = z.strictObject({ images: z.array(AskedImage) }).meta({ id: 'StatusAnswer' });
export type StatusAnswer = Answer<typeof StatusAnswer>;

/** Of an image that stays as it is, though it is there. */
const RefusedImage = z
  .strictObject({ id: imageIdJson, status: z.literal('refused'), code: z.string(), reason: z.string() })
  .meta({ id: 'RefusedImage' });

/** POST /v1/images/keywords, in the order asked. */
export const KeywordsAnswer = z
  .strictObject({
    images: z.array(
      z
        .discriminatedUnion('status', [Image, UnknownImage, UnreadableImage, RefusedImage])
        .meta({ id: 'EditedImage' }),
    ),
  })
  .meta({ id: 'KeywordsAnswer' });
export type KeywordsAnswer = Answer<typeof KeywordsAnswer>;

/** POST /v1/images/{id}/retry */
export const RetryAnswer = z
  .strictObject({
    id: imageIdJson,
    sequencer: sequencer.describe('of the state that failed; the one that comes has a greater one'),
  })
  .meta({ id: 'RetryAnswer' });
export type RetryAnswer = Answer<typeof RetryAnswer>;

/** POST /v1/images/deletion, in the order asked. */
export const DeletionAnswer = z
  .strictObject({
    images: z.array(
      z
        .strictObject({
          id: imageIdJson,
          status: z.enum(['removed', 'unknown']).describe('unknown: there was no such image'),
        })
        .meta({ id: 'DeletedImage' }),
    ),
  })
  .meta({ id: 'DeletionAnswer' });
export type DeletionAnswer = Answer<typeof DeletionAnswer>;
