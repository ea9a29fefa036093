import { createHmac, timingSafeEqual } from 'node:crypto';
import { GlossError } from '../domain/errors.ts';

const SEAL_CHARS = 22;

/**
 * A place in a list, under a seal that binds it to the tenant, whose secret makes it, and to the list: what one tenant was
 * given opens nothing for another, and nothing in another list.
 * @param list names the list with all that it depends on
 */
export function sealCursor(secret: string, list: string, place: string | Uint8Array): string {
  const bytes = Buffer.from(place);
  return `${sealOf(secret, list, bytes)}${bytes.toString('base64url')}`;
}

/** The place that a cursor names. @throws GlossError `invalid` for one that was not made for this tenant and list. */
export const openCursor = (secret: string, list: string, cursor: string): string =>
  openBytes(secret, list, cursor).toString();

/** The same for a place that is not text. */
export function openBytes(secret: string, list: string, cursor: string): Buffer {
  const place = Buffer.from(cursor.slice(SEAL_CHARS), 'base64url');
  const given = Buffer.from(cursor.slice(0, SEAL_CHARS));
  const expected = Buffer.from(sealOf(secret, list, place));
  if (given.length === expected.length && timingSafeEqual(given, expected)) return place;
  const message = 'cursor was not given for this list; begin again without one';
  throw new GlossError('invalid', 'field', message, { place: { field: 'cursor' } });
}

const sealOf = (secret: string, list: string, place: Uint8Array): string =>
  createHmac('sha256', secret).update(`${list}\n`).update(place).digest('base64url').slice(0, SEAL_CHARS);
