import { storeUsd } from '../../domain/prices.ts';
import type { UsageCounts, UsageDay } from '../../domain/usage.ts';
import type { Used } from './schema.ts';

/** What was used up, as the API shows it; dollars are an estimate by the price table of lib/domain/prices.ts. */
export function usageJson(counts: UsageCounts): Used {
  const { images, views, inputTokens, outputTokens, readUnits, writeUnits } = counts;
  const model = counts.modelMicroUsd / 1e6;
  const store = storeUsd(counts);
  const usd = { model, store, total: model + store };
  return { images, views, inputTokens, outputTokens, readUnits, writeUnits, usd };
}

const NOTHING: UsageCounts = {
  images: 0,
  views: 0,
  inputTokens: 0,
  outputTokens: 0,
  modelMicroUsd: 0,
  readUnits: 0,
  writeUnits: 0,
};

export const sumOf = (days: readonly UsageDay[]): UsageCounts =>
  days.reduce(
    (sum, day) => ({
      images: sum.images + day.images,
      views: sum.views + day.views,
      inputTokens: sum.inputTokens + day.inputTokens,
      outputTokens: sum.outputTokens + day.outputTokens,
      modelMicroUsd: sum.modelMicroUsd + day.modelMicroUsd,
      readUnits: sum.readUnits + day.readUnits,
      writeUnits: sum.writeUnits + day.writeUnits,
    }),
    NOTHING,
  );
