/**
 * What things cost in US dollars, in one place: an estimate, at on-demand prices without free tiers. Whoever pays other prices
 * changes them here.
 */
export const PRICED = { region: 'us-east-1', on: '2026-12-01' } as const;

/** Where a price was read. */
interface PriceSource {
  readonly address: string;
  /** When the page said it: a day, a month or a year; `undated` where the copy that was read names none. */
  readonly asOf: string;
}

/** By the name that prices and docs/costs.md give. */
export const PRICE_SOURCES = {
  bedrock: { address: 'https://aws.amazon.com/bedrock/pricing/', asOf: 'undated' },
  dynamodb: { address: 'https://aws.amazon.com/dynamodb/pricing/on-demand/', asOf: '2026-11' },
  tables: { address: 'https://aws.amazon.com/dynamodb/pricing/', asOf: 'undated' },
  s3: { address: 'https://aws.amazon.com/s3/pricing/', asOf: 'undated' },
  s3Vectors: { address: 'https://aws.amazon.com/s3/pricing/', asOf: '2026-09-20' },
  lambda: { address: 'https://aws.amazon.com/lambda/pricing/', asOf: '2026-09-20' },
  lambdaArm: { address: 'https://cloudchipr.com/blog/aws-lambda-pricing', asOf: '2024' },
  sqs: { address: 'https://cloudburn.io/blog/amazon-sqs-pricing', asOf: '2026-03-14' },
  apiGateway: { address: 'https://aws.amazon.com/api-gateway/pricing/', asOf: '2026-09-20' },
  cloudWatch: {
    address: 'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/',
    asOf: '2026-06-13',
  },
  transfer: {
    address: 'https://cloudoptimo.com/blog/a-look-into-aws-s3-pricing-models',
    asOf: 'undated',
  },
  openSearch: { address: 'https://teamaws.com/?p=1428', asOf: '2026' },
  rekognition: { address: 'https://aws.amazon.com/rekognition/pricing/', asOf: '2026-10-07' },
  pinecone: { address: 'https://www.pinecone.io/pricing/', asOf: '2026-11-04' },
} as const satisfies Readonly<Record<string, PriceSource>>;

interface Price {
  readonly usd: number;
  /** For so many of them. */
  readonly per: number;
  readonly of: string;
  readonly source: keyof typeof PRICE_SOURCES;
}

const MILLION = 1e6;

/** What the service itself uses, and below it what others would. GB are as each seller counts them; here they are 10^9 bytes. */
export const PRICES = {
  readUnits: { usd: 0.125, per: MILLION, of: 'read request units', source: 'dynamodb' },
  writeUnits: { usd: 0.625, per: MILLION, of: 'write request units', source: 'dynamodb' },
  tableGbMonths: { usd: 0.25, per: 1, of: 'GB of tables a month', source: 'tables' },
  objectGbMonths: { usd: 0.023, per: 1, of: 'GB of objects a month', source: 's3' },
  objectWrites: { usd: 0.005, per: 1_000, of: 'PUT, COPY, POST and LIST requests', source: 's3' },
  objectReads: { usd: 0.0004, per: 1_000, of: 'GET, HEAD and other requests', source: 's3' },
  gbSeconds: { usd: 0.0000133334, per: 1, of: 'GB-seconds of functions on Arm', source: 'lambdaArm' },
  invocations: { usd: 0.2, per: MILLION, of: 'invocations of functions', source: 'lambda' },
  /** A standard queue, and what fair queues cost more: every message names its tenant. */
  queueRequests: { usd: 0.5, per: MILLION, of: 'requests to fair queues', source: 'sqs' },
  apiRequests: { usd: 1, per: MILLION, of: 'requests to the HTTP API', source: 'apiGateway' },
  logGb: { usd: 0.5, per: 1, of: 'GB of logs', source: 'cloudWatch' },
  transferGb: { usd: 0.09, per: 1, of: 'GB sent to the internet', source: 'transfer' },

  ocuHours: { usd: 0.24, per: 1, of: 'OCU-hours of OpenSearch Serverless', source: 'openSearch' },
  vectorGbMonths: { usd: 0.06, per: 1, of: 'GB of S3 Vectors a month', source: 's3Vectors' },
  vectorPutGb: { usd: 0.2, per: 1, of: 'GB put into S3 Vectors', source: 's3Vectors' },
  vectorQueries: { usd: 2.5, per: MILLION, of: 'queries of S3 Vectors', source: 's3Vectors' },
  vectorTb: {
    usd: 0.004,
    per: 1,
    of: 'TB of the first 100,000 vectors of an index, each query',
    source: 's3Vectors',
  },
  vectorTbBeyond: { usd: 0.002, per: 1, of: 'TB of further vectors, each query', source: 's3Vectors' },
  embeddedImages: { usd: 0.00006, per: 1, of: 'images, Titan Multimodal Embeddings', source: 'bedrock' },
  embeddedTokens: {
    usd: 0.0008,
    per: 1_000,
    of: 'tokens of queries, Titan Multimodal Embeddings',
    source: 'bedrock',
  },
  labelledImages: { usd: 0.001, per: 1, of: 'of the first million images a month', source: 'rekognition' },
  labelledImagesBeyond: { usd: 0.0008, per: 1, of: 'further images of the month', source: 'rekognition' },
  pineconeMonths: { usd: 50, per: 1, of: 'months of the plan Standard, at least', source: 'pinecone' },
  pineconeGbMonths: { usd: 0.33, per: 1, of: 'GB a month', source: 'pinecone' },
  pineconeReadUnits: { usd: 16, per: MILLION, of: 'read units', source: 'pinecone' },
} as const satisfies Readonly<Record<string, Price>>;

export type Priced = keyof typeof PRICES;

/** Dollars for so many of something. */
export const usdOf = (what: Priced, amount: number): number => (amount * PRICES[what].usd) / PRICES[what].per;

interface ModelPrice {
  readonly usdPerMillionInputTokens: number;
  readonly usdPerMillionOutputTokens: number;
  /** How many times as dear it is by a profile of a geography (`us.`, `eu.`, ...) as by the global one. */
  readonly inGeography: number;
}

/**
 * By model id without the prefix of an inference profile. Newer models cost a tenth more where requests stay in a geography. Source: Amazon Bedrock pricing, as
 * LiteLLM's table has it; the tenth also "Global cross-Region inference", Amazon Bedrock User Guide.
 */
export const MODEL_PRICES: Readonly<Record<string, ModelPrice>> = {
  'embedded-detector': { usdPerMillionInputTokens: 0, usdPerMillionOutputTokens: 0, inGeography: 1 },
  'amazon.nova-2-lite-v1:0': {
    usdPerMillionInputTokens: 0.3,
    usdPerMillionOutputTokens: 2.5,
    inGeography: 1.1,
  },
  'amazon.nova-lite-v1:0': {
    usdPerMillionInputTokens: 0.06,
    usdPerMillionOutputTokens: 0.24,
    inGeography: 1,
  },
  'amazon.nova-pro-v1:0': { usdPerMillionInputTokens: 0.8, usdPerMillionOutputTokens: 3.2, inGeography: 1 },
  'anthropic.claude-haiku-4-5-20251001-v1:0': {
    usdPerMillionInputTokens: 1,
    usdPerMillionOutputTokens: 5,
    inGeography: 1.1,
  },
};

/** For a model without a price: dear, so that a budget errs on the side of stopping. */
const UNKNOWN_MODEL: ModelPrice = {
  usdPerMillionInputTokens: 5,
  usdPerMillionOutputTokens: 25,
  inGeography: 1,
};

const PROFILE = /^(?:([a-z]{2}|us-gov|apac)|global)\./;

/** The id of a model without the prefix of an inference profile. */
export const bareModelId = (modelId: string): string => modelId.replace(PROFILE, '');

/** Dollars for tokens of a model. */
export function modelUsd(
  modelId: string,
  tokens: { readonly inputTokens: number; readonly outputTokens: number },
) {
  const price = MODEL_PRICES[bareModelId(modelId)] ?? UNKNOWN_MODEL;
  const factor = PROFILE.exec(modelId)?.[1] === undefined ? 1 : price.inGeography;
  const { usdPerMillionInputTokens, usdPerMillionOutputTokens } = price;
  return (
    (factor *
      (tokens.inputTokens * usdPerMillionInputTokens + tokens.outputTokens * usdPerMillionOutputTokens)) /
    1e6
  );
}

/** Dollars for read and write request units. */
export const storeUsd = ({
  readUnits,
  writeUnits,
}: {
  readonly readUnits: number;
  readonly writeUnits: number;
}) => usdOf('readUnits', readUnits) + usdOf('writeUnits', writeUnits);
