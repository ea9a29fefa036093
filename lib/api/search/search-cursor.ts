import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { decodeManifest, encodeManifestBody } from '../../index/segment/manifest.ts';
import type { PageStart } from '../../steps/search/search.ts';
import { openBytes, sealCursor } from '../cursors.ts';
import type { SearchFields } from './schema.ts';

/** What a cursor holds: the snapshot as a manifest without work in progress, and a place in it. */
interface Inside {
  readonly version: number;
  readonly body: string;
  readonly place: PageStart['place'];
}

type ListFields = Pick<SearchFields, 'q' | 'plain' | 'sort'>;

/** What the order of hits depends on; the size of a page may change on the way. */
const listOf = ({ q, plain, sort }: ListFields): string =>
  `search ${String(plain)} ${sort === 'best' ? '' : `${sort} `}${q}`;

/** A cursor for the page of a search that begins there. Some segments take some hundred characters. */
export function sealSearchCursor(secret: string, fields: ListFields, { snapshot, place }: PageStart): string {
  const body = encodeManifestBody({ ...snapshot, merges: [] });
  const inside: Inside = { version: snapshot.version, body, place };
  return sealCursor(secret, listOf(fields), deflateRawSync(JSON.stringify(inside)));
}

/** @throws GlossError `invalid` for a cursor that was not made for this tenant and query */
export function openSearchCursor(secret: string, fields: ListFields, cursor: string): PageStart {
  const packed = openBytes(secret, listOf(fields), cursor);
  // Sealed by us, so it is as we made it.
  const { version, body, place } = JSON.parse(inflateRawSync(packed).toString()) as Inside;
  return { snapshot: decodeManifest(version, body), place };
}
