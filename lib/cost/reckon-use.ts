import type { CropPolicy } from '../domain/tenant.ts';
import { estimate } from './estimate.ts';
import { tokensOf } from './tokens.ts';

/** What describing so many photos was to cost: dollars for the model and for DynamoDB, searches not among them. Undefined for a model without a price. */
export function reckonUse(wish: {
  readonly images: number;
  readonly modelId: string;
  readonly cropPolicy: CropPolicy;
  readonly asks: number;
}): { readonly model: number; readonly store: number; readonly total: number } | undefined {
  const tokens = tokensOf(wish.modelId);
  if (!tokens) return undefined;
  const { once } = estimate({ ...wish, tokens, searches: 0, megabytes: 0, shown: 0 });
  const of = (what: string): number => once.find((line) => line.what === what)!.usd;
  const [model, store] = [of('model'), of('tables')];
  return { model, store, total: model + store };
}
