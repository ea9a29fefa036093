import { createHash } from 'node:crypto';
import { GlossError } from './errors.ts';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A customer. Lower-case letters, digits and hyphens, 1 to 40 characters. */
export type TenantId = Branded<'TenantId'>;
/** One life of a tenant's name. A tenant made later under the same name has another; none is ever used again. */
export type Incarnation = Branded<'Incarnation'>;
/** One image of one tenant, derived from its name, so that the same name is always the same image. */
export type ImageId = Branded<'ImageId'>;
/** One immutable segment of one tenant's index. */
export type SegmentId = Branded<'SegmentId'>;
/** Which state of an image a gloss describes; a later upload of the same name has a greater one. */
export type Sequencer = Branded<'Sequencer'>;

/** One state of one image: its words never change. */
export interface ImageState {
  readonly imageId: ImageId;
  readonly sequencer: Sequencer;
}

const TENANT = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
const IMAGE = /^[0-9a-f]{32}$/;

export const isTenantId = (text: string): text is TenantId => TENANT.test(text);

/**
 * Names that no new tenant takes: under these, earlier versions kept what belongs to no tenant, such as the keys
 * of all. `gloss migrate` moves it away.
 */
const RESERVED: ReadonlySet<string> = new Set(['key', 'tenants']);

export const isReserved = (tenant: TenantId): boolean => RESERVED.has(tenant);

/** @throws GlossError `invalid` when the text cannot name a tenant. */
export function parseTenantId(text: string): TenantId {
  if (!isTenantId(text)) {
    throw new GlossError(
      'invalid',
      'tenant_name',
      `"${text}" cannot name a tenant: use a-z, 0-9 and hyphens`,
      { place: { field: 'tenant' } },
    );
  }
  return text;
}

export const isImageId = (text: string): text is ImageId => IMAGE.test(text);

/** @throws GlossError `invalid` when the text is not 32 hexadecimal digits. */
export function parseImageId(text: string): ImageId {
  if (!isImageId(text)) throw new GlossError('invalid', 'image_id', 'an image id is 32 hexadecimal digits');
  return text;
}

/** The image that a name stands for within its tenant: the first 16 bytes of SHA-256, in hexadecimal. */
export function imageIdOf(tenant: TenantId, name: string): ImageId {
  return createHash('sha256').update(`${tenant}/${name}`).digest('hex').slice(0, 32) as ImageId;
}

/** Segment ids sort by time of making, which keeps listings readable; 8 random digits keep them apart. */
export function segmentIdOf(nowMs: number, random: string): SegmentId {
  return `${nowMs.toString(36).padStart(9, '0')}-${random}` as SegmentId;
}

/** When a segment was begun, in milliseconds; undefined for an id that was not made so. */
export function segmentMadeAtMs(id: SegmentId): number | undefined {
  const [, digits] = /^([0-9a-z]{9})-/.exec(id) ?? [];
  return digits === undefined ? undefined : Number.parseInt(digits, 36);
}

const SEQUENCER_WIDTH = 32;

/**
 * S3's sequencer in a form that compares as a string: S3 documents comparison after padding the shorter one
 * with zeros on the right ("Event message structure", Amazon S3 User Guide).
 * @throws GlossError `invalid` when it is not hexadecimal or longer than 32 digits.
 */
export function parseSequencer(hex: string): Sequencer {
  if (!/^[0-9A-Fa-f]{1,32}$/.test(hex)) {
    throw new GlossError('invalid', 'sequencer', `"${hex}" is not an S3 sequencer`);
  }
  return hex.toUpperCase().padEnd(SEQUENCER_WIDTH, '0') as Sequencer;
}

/**
 * A sequencer for a state that S3 did not number, such as an imported document: the time of acceptance, or one
 * more than the state before it where that is later.
 */
export function sequencerAfter(previous: Sequencer | undefined, nowMs: number): Sequencer {
  const now = BigInt(Math.floor(nowMs)) << 64n;
  const least = previous === undefined ? 0n : BigInt(`0x${previous}`) + 1n;
  const next = now > least ? now : least;
  return next.toString(16).toUpperCase().padStart(SEQUENCER_WIDTH, '0') as Sequencer;
}
