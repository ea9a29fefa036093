import { GlossError } from '../domain/errors.ts';
import { sha256Of } from '../domain/sha256.ts';
import { mayBePicture } from '../domain/picture-type.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { PictureDecoder } from '../ports/picture-decoder.ts';
import { decodeWithSharp } from './sharp-decode.ts';

/** Decodes in the process that asks: for commands and tests, which trust their pictures. */
export function inProcessDecoder(objects: Pick<ObjectStore, 'get'>): PictureDecoder {
  return {
    async decode(tenant, { key }, wish) {
      const { bytes, contentType } = await objects.get(tenant, key, wish.maxBytes);
      if (contentType !== undefined && !mayBePicture(contentType)) {
        const message = `${contentType} is the type of no picture`;
        throw new GlossError('unsupported', 'not_a_picture', message);
      }
      return { ...(await decodeWithSharp(bytes, wish)), sha256: sha256Of(bytes) };
    },
  };
}
