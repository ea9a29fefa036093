import * as z from 'zod';
import { PICTURE_TYPES } from '../../domain/picture-type.ts';
import type { Answer } from '../answer.ts';
import { ON_EXISTING } from '../../domain/on-existing.ts';
import { address, imageName, sha256, time } from '../fields.ts';
import { Failure, imageIdJson, sequencer } from '../images/image.ts';

const UploadFile = z
  .strictObject({
    name: imageName,
    bytes: z.int().min(0),
    contentType: z
      .string()
      .max(100)
      .regex(/^[\w.+-]+\/[\w.+-]+$/, 'is no media type')
      .describe(`one of ${Object.values(PICTURE_TYPES).join(', ')}; others are refused`),
    sha256: sha256
      .exactOptional()
      .describe(
        'of the file: no other content is taken then, and what is there already is not asked for again',
      ),
  })
  .meta({ id: 'UploadFile' });
export type UploadFile = z.output<typeof UploadFile>;

export const UploadsBody = z
  .strictObject({
    files: z.array(UploadFile).min(1).max(100),
    onExisting: z
      .enum(ON_EXISTING)
      .default('replace')
      .describe(
        'what becomes of a file whose name is taken by other content: keep-both sends it under a name with a number, replace takes the name, skip leaves it',
      ),
  })
  .meta({ id: 'UploadsRequest' });

const AcceptedUpload = z
  .strictObject({
    status: z.literal('accepted'),
    name: z
      .string()
      .describe(
        'under which the file is sent: composed (NFC), and with keep-both another where it was taken',
      ),
    id: imageIdJson,
    url: address.describe('to post the form to'),
    fields: z
      .record(z.string(), z.string())
      .describe('of the form, exactly so, with the file behind them as `file`'),
    expiresAt: time.describe('until then the form is taken'),
  })
  .meta({ id: 'AcceptedUpload' });

const UnchangedUpload = z
  .strictObject({
    status: z.literal('unchanged'),
    name: z.string().describe('under which this content is there'),
    id: imageIdJson,
    describedAgain: sequencer
      .exactOptional()
      .describe('present where its record or its words were lost: of the state that comes'),
  })
  .meta({ id: 'UnchangedUpload' });

const SkippedUpload = z
  .strictObject({ status: z.literal('skipped'), name: z.string(), id: imageIdJson })
  .meta({ id: 'SkippedUpload', description: 'other content is there under this name' });

const RefusedUpload = z
  .strictObject({
    status: z.literal('refused'),
    name: z.string(),
    field: z.string().exactOptional().describe('of the file that is wrong, such as contentType'),
    failure: Failure,
  })
  .meta({ id: 'RefusedUpload' });

/** Where to post a file, or why it is not asked for. */
export const Upload = z
  .discriminatedUnion('status', [AcceptedUpload, UnchangedUpload, SkippedUpload, RefusedUpload])
  .meta({ id: 'Upload' });
export type Upload = Answer<typeof Upload>;

/** POST /v1/uploads, in the order of the files. */
export const UploadsAnswer = z.strictObject({ uploads: z.array(Upload) }).meta({ id: 'UploadsAnswer' });
export type UploadsAnswer = Answer<typeof UploadsAnswer>;
