import type { Used } from '../../api/usage/schema.ts';
import { counted } from './counted.ts';
import { dollars } from './dollars.ts';

/** What was used in a day or month. */
export type UsedOfPeriod = Used & { readonly period: string };

/** What the counts of `gloss cost` say of as many photos. */
export interface ReckonedUse {
  readonly modelId: string;
  readonly cropPolicy: string;
  readonly asks: number;
  readonly usd: Used['usd'];
}

const LEFT = 46;

const row = (left: string, ...columns: readonly string[]): string =>
  left.padEnd(LEFT) + columns.map((text) => text.padStart(11)).join('');

const rowOf = (left: string, { model, store, total }: Used['usd']): string =>
  row(left, dollars(model), dollars(store), dollars(total));

const amounts = ({ images, views }: Used): string =>
  [counted(images, 'image'), counted(views, 'answer')]
    .map((text) => text.replace(/^\d+/, (digits) => Number(digits).toLocaleString('en')))
    .join(', ');

/** Dollars by period, in 80 columns, with what was to be expected below. @param whose at the head */
export function dollarsReport(
  whose: string,
  periods: readonly UsedOfPeriod[],
  total: Used,
  { modelId, cropPolicy, asks, usd }: ReckonedUse,
): string {
  return [
    row(whose, 'model', 'DynamoDB', 'together'),
    ...periods.map((used) => rowOf(`  ${used.period}  ${amounts(used)}`, used.usd)),
    rowOf(`  all  ${amounts(total)}`, total.usd),
    rowOf('  as gloss cost reckons for as many images', usd),
    `    ${modelId}, crops ${cropPolicy}, asked ${asks === 1 ? 'once' : 'twice'}; without searches`,
    'In dollars. S3, Lambda, SQS, logs and what is sent are of all tenants together:',
    'gloss cost reckons them.',
  ].join('\n');
}
