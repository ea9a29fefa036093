/** Sort keys of a segment's items; the partition key is the tenant and the segment. See FORMAT.md. */

/** One item of a segment: its sort key and its framed bytes. */
export interface SegmentItem {
  readonly sk: string;
  readonly body: Uint8Array;
}

const decimal = (value: number): string => value.toString().padStart(8, '0');

/** Key of the directory item that begins with the term of this spelling. */
export const directoryKey = (spelling: string): string => `d/${spelling}`;
/** Begins the keys of directory items; alone it is the key of a segment's first one. */
export const DIRECTORY_START = 'd/';
/**
 * Key of chunk n of a long list. The number comes first, because it has a fixed width and a term may hold any
 * character.
 */
export const chunkKey = (term: string, chunk: number): string => `c/${decimal(chunk)}/${term}`;
/** Key of the places of chunk n. */
export const placesKey = (term: string, chunk: number): string => `p/${decimal(chunk)}/${term}`;
/** Begins the keys of document pages. */
export const DOCUMENTS_START = 'n/';
export const documentsKey = (page: number): string => `${DOCUMENTS_START}${decimal(page)}`;
export const imageMapKey = (bucket: number): string => `i/${decimal(bucket)}`;
export const associationsKey = (bucket: number): string => `a/${decimal(bucket)}`;
/** The only item of a small segment. */
export const SINGLE_ITEM_KEY = 'w';
/** Begins the keys of deletions. */
export const DELETIONS_START = 'x/';
/** Key of deletions. A name is used once, so that two writers never write one item. */
export const deletionsKey = (name: string): string => `${DELETIONS_START}${name}`;
