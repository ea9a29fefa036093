/**
 * What readers take at most; FORMAT.md, "Limits", has the same figures. Without them a few bytes that lie could ask for
 * any amount of memory.
 */

/** Documents of all segments that a manifest names: a bitmap of them has 32 MB. */
export const MAX_DOCS = 2 ** 28;
/** DynamoDB's limit of an item. */
export const MAX_ITEM_BYTES = 400 * 1_024;
/** What a deflated payload gives at most. */
export const MAX_INFLATED_BYTES = 65_536;
/** A sort key has 1,024 bytes, and that of a chunk begins with eleven others. */
export const MAX_TERM_BYTES = 1_013;
/** Lengths are stored as differences of either sign. */
export const MAX_DOC_LEN = 2 ** 31 - 1;
/** Images in one bucket of the image map: more than fit into an item of 400 KB. */
export const MAX_BUCKET_IDS = 2 ** 17;
