import * as z from 'zod';
import { isVisible } from '../../domain/visible-text.ts';
import type { Answer } from '../answer.ts';
import { time } from '../fields.ts';
import { Failure, imageIdJson, imageStatus, sequencer, Waiting } from '../images/image.ts';
import { overlapSec } from '../keys/schema.ts';

const url = z
  .url({ protocol: /^https?$/ })
  .max(1_000)
  .refine((text) => !text.includes('@'), 'must not hold a user or a password')
  .refine(isVisible, 'must not hold a character that does not show')
  .nullable()
  .describe('null: tell nobody');
export const WebhookBody = z.strictObject({ url }).meta({ id: 'WebhookRequest' });

export const RotationBody = z.strictObject({ overlapSec }).meta({ id: 'SecretRotationRequest' });

/** GET /v1/webhook */
export const Webhook = z
  .strictObject({
    url: z.string().nullable().describe('null: nobody is told'),
    secret: z
      .string()
      .describe('signs what is told: `whsec_` and the key in base64, as Standard Webhooks libraries take it'),
    oldSecretEndsAt: time
      .exactOptional()
      .describe('until then messages are signed with the secret before, too'),
  })
  .meta({ id: 'Webhook' });
export type Webhook = Answer<typeof Webhook>;

/** POST /v1/webhook/test */
export const WebhookTest = z
  .strictObject({
    delivered: z.boolean(),
    reason: z.string().exactOptional().describe('why it was not delivered'),
  })
  .meta({ id: 'WebhookTest' });
export type WebhookTest = Answer<typeof WebhookTest>;

/** What a tenant's webhook is told when an image changes; lib/domain/image-event.ts makes `data`. */
export const ImageMessage = z
  .strictObject({
    type: z.enum([
      'image.received',
      'image.waiting',
      'image.described',
      'image.searchable',
      'image.failed',
      'image.removed',
    ]),
    timestamp: time,
    data: z
      .strictObject({
        id: imageIdJson,
        name: z.string(),
        status: imageStatus,
        sequencer,
        failure: Failure.exactOptional(),
        waiting: Waiting.exactOptional(),
      })
      .meta({ id: 'ImageState' }),
  })
  .meta({ id: 'ImageMessage' });

/** What it is told by POST /v1/webhook/test. */
export const TestMessage = z
  .strictObject({ type: z.literal('webhook.test'), timestamp: time, data: z.strictObject({}) })
  .meta({ id: 'TestMessage' });
