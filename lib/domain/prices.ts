/**
 * What things cost in US dollars, in one place: an estimate, at on-demand prices of us-east-1 in November 2026. Whoever pays
 * other prices changes them here.
 */
interface ModelPrice {
  readonly usdPerMillionInputTokens: number;
  readonly usdPerMillionOutputTokens: number;
}

/** By model id without the prefix of an inference profile. Source: Amazon Bedrock pricing. */
const MODEL_PRICES: Readonly<Record<string, ModelPrice>> = {
  'embedded-detector': { usdPerMillionInputTokens: 0, usdPerMillionOutputTokens: 0 },
  'amazon.nova-2-lite-v1:0': { usdPerMillionInputTokens: 0.3, usdPerMillionOutputTokens: 2.5 },
  'amazon.nova-lite-v1:0': { usdPerMillionInputTokens: 0.06, usdPerMillionOutputTokens: 0.24 },
  'amazon.nova-pro-v1:0': { usdPerMillionInputTokens: 0.8, usdPerMillionOutputTokens: 3.2 },
  'anthropic.claude-haiku-4-5-20251001-v1:0': { usdPerMillionInputTokens: 1, usdPerMillionOutputTokens: 5 },
};

/** For a model without a price: dear, so that a budget errs on the side of stopping. */
const UNKNOWN_MODEL: ModelPrice = { usdPerMillionInputTokens: 5, usdPerMillionOutputTokens: 25 };

/** Source: Amazon DynamoDB pricing, on-demand capacity. */
const USD_PER_MILLION_READ_UNITS = 0.125;
const USD_PER_MILLION_WRITE_UNITS = 0.625;

const priceOf = (modelId: string): ModelPrice =>
  MODEL_PRICES[modelId.replace(/^(?:[a-z]{2}|us-gov|apac|global)\./, '')] ?? UNKNOWN_MODEL;

/** Dollars for tokens of a model. */
export function modelUsd(
  modelId: string,
  tokens: { readonly inputTokens: number; readonly outputTokens: number },
) {
  const { usdPerMillionInputTokens, usdPerMillionOutputTokens } = priceOf(modelId);
  return (
    (tokens.inputTokens * usdPerMillionInputTokens + tokens.outputTokens * usdPerMillionOutputTokens) / 1e6
  );
}

/** Dollars for read and write request units. */
export const storeUsd = ({
  readUnits,
  writeUnits,
}: {
  readonly readUnits: number;
  readonly writeUnits: number;
}) => (readUnits * USD_PER_MILLION_READ_UNITS + writeUnits * USD_PER_MILLION_WRITE_UNITS) / 1e6;
