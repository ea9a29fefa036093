/**
 * What a photo and a search ask for. Each figure is counted by a test or stands in docs/benchmarks.md; test/unit/cost/counts.test.ts holds these
 * here against the committed baselines and that page, so that none goes its own way.
 */

/** Of DynamoDB, S3 and SQS. */
interface Asked {
  readonly readUnits: number;
  readonly writeUnits: number;
  /** HEAD and GET. */
  readonly objectReads: number;
  /** PUT and LIST. */
  readonly objectWrites: number;
  /** Requests that send messages. */
  readonly sends: number;
}

/** One of ten photos that come together; a photo by itself takes up to 10 write units more. test/golden/picture-baseline.json */
export const ADMITTING: Asked = {
  readUnits: 3.2,
  writeUnits: 2.4,
  objectReads: 1,
  objectWrites: 0,
  sends: 0.1,
};

/**
 * The same, of a photo that the model is asked about so often: each answer is kept as it comes, each view has a thumbnail, and each further
 * ask about the whole looks for its own answers.
 */
export const describing = (calls: number, views: number): Asked => ({
  readUnits: 6 + calls - views,
  writeUnits: 6.75 + 1.25 * calls,
  objectReads: 2,
  objectWrites: 1 + views,
  sends: 1,
});

/** The same, with its words: also where it is seen whole. */
export const INDEXING: Asked = {
  readUnits: 3.5,
  writeUnits: 1.4,
  objectReads: 0,
  objectWrites: 0,
  sends: 0.1,
};

/** An image until it lies in a large segment, dropping what was merged included. docs/benchmarks.md, Building, 100,000 images. */
export const MERGING = { readUnits: 0.48, writeUnits: 1.35 + 1.41 } as const;

/** Bytes of the index an image. The same table. */
export const INDEX_BYTES = 260;

/** Bytes of the record and the gloss, at most: as many KB as writing them takes units. Kept answers end by themselves. */
export const ITEM_BYTES = 3_000;

/** Of the JPEGs that are shown; means over the sample photos in infra/local/samples, crops 2x2. */
export const THUMBNAIL_BYTES = { whole: 41_800, crop: 35_800 } as const;

/** Each request that sends is followed by one that receives and one that deletes, and S3 sends the first. */
export const QUEUE_REQUESTS = 3 * (1 + ADMITTING.sends + INDEXING.sends + describing(1, 1).sends);

/** Of functions, a photo: one describes it and one decodes it; the others take ten at a time. */
export const INVOCATIONS = 2.2;

/**
 * Read units of a search for two words and 20 hits on an instance that has read nothing, the dearest of the usual ones, in an index of up to so many images.
 * docs/benchmarks.md: Whole searches; and Summary with key, tenant, cursor and glosses of Whole searches.
 */
export const SEARCH_READ_UNITS: readonly (readonly [upTo: number, readUnits: number])[] = [
  [10_000, 42],
  [Number.POSITIVE_INFINITY, 51.8 + 2.5 + 20],
];

/** Of a stream of searches. docs/benchmarks.md, Whole searches. */
export const SEARCH_WRITE_UNITS = 0.07;

/** Hits of a page. */
export const SHOWN = 20;

/** Memory of the functions, in MB, as the template gives it to them. */
export const MEMORY_MB = { admit: 512, describe: 512, decode: 3_008, index: 1_024, merge: 3_008, api: 1_024 };

/**
 * Assumed, since nothing of this was measured on Lambda: seconds that a function runs for one photo or search, and bytes that it logs. A photo waits for the slowest of
 * its calls of the model.
 */
export const ASSUMED = {
  seconds: { admit: 0.05, describe: 5, decode: 1.5, index: 0.1, merge: 0.01, api: 0.15 },
  logBytes: { photo: 5_000, search: 1_500 },
} as const;
