import { usdOf } from '../domain/prices.ts';

/** What others take for the same pictures and searches. docs/costs.md says what is assumed. */
export interface Peer {
  readonly name: string;
  readonly onceUsd: number;
  readonly monthlyUsd: number;
  /** What it is not. */
  readonly but: string;
}

const GB = 1e9;
const TB = 1e12;
const HOURS_A_MONTH = 730;
/** One indexes and one searches, each as two halves in two zones: Amazon OpenSearch Service Developer Guide, "Managing capacity limits". */
const LEAST_OCUS = 2;
const DIMENSIONS = 1_024;
/** Four bytes a dimension, and a key of 32. */
const VECTOR_BYTES = 4 * DIMENSIONS + 32;
const TOKENS_A_QUERY = 5;
const VECTORS_OF_FIRST_TIER = 100_000;

/**
 * What queries of one index of S3 Vectors cost: each for itself, and for what it goes through.
 * @param bytes of a vector with its key and what it is filtered by
 */
export function vectorQueriesUsd(queries: number, vectors: number, bytes: number): number {
  const first = Math.min(vectors, VECTORS_OF_FIRST_TIER);
  return (
    usdOf('vectorQueries', queries) +
    queries * usdOf('vectorTb', (first * bytes) / TB) +
    queries * usdOf('vectorTbBeyond', ((vectors - first) * bytes) / TB)
  );
}

/** One vector a picture; each query is embedded, too. */
const embedding = (images: number, searches: number) => ({
  onceUsd: usdOf('embeddedImages', images),
  monthlyUsd: usdOf('embeddedTokens', searches * TOKENS_A_QUERY),
});

export function peersOf(images: number, searches: number): Peer[] {
  const embedded = embedding(images, searches);
  const gb = (images * VECTOR_BYTES) / GB;
  return [
    {
      name: 'Rekognition DetectLabels',
      onceUsd: labelsUsd(images),
      monthlyUsd: 0,
      but: 'labels alone: no captions, no text, and no search',
    },
    {
      name: 'S3 Vectors, Titan embeddings',
      onceUsd: embedded.onceUsd + usdOf('vectorPutGb', gb),
      monthlyUsd:
        embedded.monthlyUsd + usdOf('vectorGbMonths', gb) + vectorQueriesUsd(searches, images, VECTOR_BYTES),
      but: 'the nearest pictures: no words, no "why", always an answer',
    },
    {
      name: 'Pinecone Standard, Titan embeddings',
      onceUsd: embedded.onceUsd,
      monthlyUsd: embedded.monthlyUsd + Math.max(usdOf('pineconeMonths', 1), pineconeUsd(gb, searches)),
      but: 'the same; a month costs 50 dollars at least; writing not included',
    },
    {
      name: 'OpenSearch Serverless Classic',
      onceUsd: 0,
      monthlyUsd: usdOf('ocuHours', LEAST_OCUS * HOURS_A_MONTH),
      but: 'the least that it takes when idle; words or vectors not included',
    },
  ];
}

const FIRST_LABELS = 1e6;

function labelsUsd(images: number): number {
  const first = Math.min(images, FIRST_LABELS);
  return usdOf('labelledImages', first) + usdOf('labelledImagesBeyond', images - first);
}

/** A query reads a unit for each GB of its namespace, a quarter at least: Pinecone, Understanding cost. */
const pineconeUsd = (gb: number, searches: number): number =>
  usdOf('pineconeGbMonths', gb) + usdOf('pineconeReadUnits', searches * Math.max(0.25, gb));
