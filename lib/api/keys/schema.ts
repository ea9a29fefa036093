import * as z from 'zod';
import { SCOPES } from '../../domain/credential.ts';
import type { Answer } from '../answer.ts';
import { shownName, time } from '../fields.ts';
import { keyId } from '../id-fields.ts';

export const KeyPath = z.strictObject({ keyId });

const expiresInSec = z
  .int()
  .min(1)
  .max(10 * 366 * 86_400)
  .exactOptional();

export const KeyBody = z
  .strictObject({
    name: shownName(100).default('').describe('what the key is for, shown in lists; absent: none'),
    scopes: z
      .array(z.enum(SCOPES))
      .min(1)
      .max(SCOPES.length)
      .default([...SCOPES])
      .describe('what the key may do; absent: everything'),
    expiresInSec: expiresInSec.describe('absent: the key never expires'),
  })
  .meta({ id: 'KeyRequest' });

/** How long an old secret stays valid beside its successor. */
export const overlapSec = z
  .int()
  .min(0)
  .max(30 * 86_400)
  .default(86_400)
  .describe('how long the old one stays valid');

export const KeyRotationBody = z
  .strictObject({
    overlapSec,
    expiresInSec: expiresInSec.describe('absent: as long as the old one was made for'),
  })
  .meta({ id: 'KeyRotationRequest' });

/** An API key, without the key itself. */
export const Key = z
  .strictObject({
    id: keyId,
    name: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    createdAt: time,
    expiresAt: time.exactOptional().describe('absent: never'),
    lastUsedAt: time.exactOptional().describe('to the minute; absent before the first use'),
  })
  .meta({ id: 'Key' });
export type Key = Answer<typeof Key>;

/** GET /v1/keys */
export const KeysAnswer = z.strictObject({ keys: z.array(Key) }).meta({ id: 'KeysAnswer' });
export type KeysAnswer = Answer<typeof KeysAnswer>;

const key = z.string().regex(/^gls_/).describe('shown this once');
const { lastUsedAt: _notUsedYet, ...newKey } = Key.shape;
export const NewKey = z.strictObject({ key, ...newKey }).meta({ id: 'NewKey' });
export type NewKey = Answer<typeof NewKey>;
export const RotatedKey = z.strictObject({ key, ...newKey, previous: Key }).meta({ id: 'RotatedKey' });
export type RotatedKey = Answer<typeof RotatedKey>;
