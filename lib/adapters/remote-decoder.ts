import { GlossError } from '../domain/errors.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { PictureDecoder } from '../ports/picture-decoder.ts';
import type { RemoteFunction } from '../ports/remote-function.ts';
import { pictureOf, type DecodeAnswer, type DecodeRequest } from './decode-protocol.ts';

/** Longer than the function that decodes may take. */
const URL_LIVES_SEC = 300;

/**
 * Has another function decode, which has no right to anything: it gets the address of the one object, signed with the tenant's
 * session and good for five minutes.
 */
export function remoteDecoder(
  objects: Pick<ObjectStore, 'urlFor' | 'isThere'>,
  decode: RemoteFunction<DecodeRequest, DecodeAnswer>,
): PictureDecoder {
  return {
    async decode(
      tenant,
      { key, versionId },
      { cropPolicy, maxBytes, maxPixels, readsPlace = false },
      giveUp,
    ) {
      const url = await objects.urlFor(tenant, key, undefined, { versionId, livesSec: URL_LIVES_SEC });
      const wish = { cropPolicy, maxBytes, maxPixels, readsPlace };
      try {
        return pictureOf(await decode.call({ owner: tenant, url, wish }, giveUp));
      } catch (error) {
        const isRefused = error instanceof GlossError && error.code === 'objects_refused';
        if (!isRefused || (await objects.isThere(tenant, key, versionId))) throw error;
        throw new GlossError('not_found', 'object_not_found', 'there is no such object', { cause: error });
      }
    },
  };
}
