import { PRICED } from '../../domain/prices.ts';
import type { Estimate, Line, Wish } from '../../cost/estimate.ts';
import type { Peer } from '../../cost/peers.ts';
import { about, dollars } from './dollars.ts';

const WIDTH = 79;

/** Text on the left, dollars on the right. */
function row(left: string, right: string): string {
  return `${left} ${right.padStart(WIDTH - 1 - left.length)}`;
}

/** Texts beside dollars, each with what the dollars are for. */
const AMOUNTS: Readonly<Record<Line['what'], (amounts: Line['amounts']) => string>> = {
  model: ({ calls = 0, inputTokens = 0, outputTokens = 0 }) =>
    `${about(calls)} calls, ${about(inputTokens)} tokens in, ${about(outputTokens)} out`,
  tables: ({ readUnits = 0, writeUnits = 0, tableGbMonths }) =>
    tableGbMonths === undefined
      ? `${about(readUnits)} read units, ${about(writeUnits)} write units`
      : `${about(tableGbMonths)} GB of records, words and index`,
  objects: ({ objectReads = 0, objectWrites = 0, objectGbMonths }) =>
    objectGbMonths === undefined
      ? `${about(objectWrites)} writes, ${about(objectReads)} reads`
      : `${about(objectGbMonths)} GB of originals and thumbnails`,
  functions: ({ gbSeconds = 0 }) => `${about(gbSeconds)} GB-seconds, assumed`,
  rest: ({ queueRequests = 0, logGb = 0 }) =>
    `${about(queueRequests)} requests; ${about(logGb)} GB of logs, assumed`,
  api: ({ readUnits = 0, gbSeconds = 0 }) =>
    `${about(readUnits)} read units; ${about(gbSeconds)} GB-seconds, assumed`,
  shown: ({ transferGb = 0 }) => `${about(transferGb)} GB sent to browsers`,
};

const NAMES: Readonly<Record<Line['what'], string>> = {
  model: 'model',
  tables: 'DynamoDB',
  objects: 'S3',
  functions: 'Lambda',
  rest: 'SQS and logs',
  api: 'searches',
  shown: 'thumbnails',
};

const lineOf = ({ what, usd, amounts }: Line): string =>
  row(`  ${NAMES[what].padEnd(12)}  ${AMOUNTS[what](amounts)}`, dollars(usd));

const columns = (one: string, other: string): string => one.padStart(12) + other.padStart(12);

/** Of a month: originals and thumbnails are kept and sent whoever searches. */
const withoutPhotos = ({ monthly }: Estimate): number =>
  monthly.reduce((sum, { what, usd }) => sum + (what === 'tables' || what === 'api' ? usd : 0), 0);

/** An estimate for people, in 80 columns. */
export function costReport(wish: Wish, found: Estimate, peers: readonly Peer[]): string {
  const { images, searches, modelId, cropPolicy, megabytes } = wish;
  const calls = about(found.callsAPhoto);
  return [
    `An estimate: list prices of ${PRICED.region}, looked up on ${PRICED.on}, no free tiers.`,
    'docs/costs.md says where each figure comes from.',
    '',
    row(`Once: ${about(images)} photos of ${about(megabytes)} MB`, 'dollars'),
    `  ${modelId}, ${cropPolicy}: ${calls} ${calls === '1' ? 'call' : 'calls'} a photo`,
    ...found.once.map(lineOf),
    row('  together', dollars(found.onceUsd)),
    row('  a thousand photos', dollars(found.usdAThousandPhotos)),
    '',
    row(`Each month: ${about(searches)} searches, and what is kept`, 'dollars'),
    ...found.monthly.map(lineOf),
    row('  together', dollars(found.monthlyUsd)),
    '',
    row('Beside it, without keeping and sending the photos', columns('once', 'a month')),
    row('  Gloss', columns(dollars(found.onceUsd), dollars(withoutPhotos(found)))),
    ...peers.flatMap(({ name, onceUsd, monthlyUsd, but }) => [
      row(`  ${name}`, columns(dollars(onceUsd), dollars(monthlyUsd))),
      `    ${but}`,
    ]),
  ].join('\n');
}
