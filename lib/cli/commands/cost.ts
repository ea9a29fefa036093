import { Command, Option } from 'commander';
import { viewsOfPhoto } from '../../cost/calls.ts';
import { SHOWN } from '../../cost/counts.ts';
import { estimate, type Wish } from '../../cost/estimate.ts';
import { peersOf } from '../../cost/peers.ts';
import { tokensOf } from '../../cost/tokens.ts';
import { bareModelId, MODEL_PRICES, PRICED, PRICE_SOURCES } from '../../domain/prices.ts';
import { CROP_POLICIES, MAX_ASKS, type CropPolicy } from '../../domain/tenant.ts';
import { visibleJson } from '../../domain/visible-text.ts';
import { CommandError } from '../terminal/command-error.ts';
import { costReport } from '../terminal/cost-report.ts';
import { dollars } from '../terminal/dollars.ts';
import { markdownTable } from '../terminal/markdown-table.ts';
import { number, wholeNumber } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';

interface CostOptions {
  readonly images: number;
  readonly searches: number;
  readonly model: string;
  readonly policy: CropPolicy;
  readonly asks: number;
  readonly mb: number;
  readonly shown: number;
  readonly table?: true;
  readonly json?: true;
}

/** `gloss cost`: what so many pictures and searches would cost. Needs neither a service nor a key. */
export const costCommand = new Command('cost')
  .description('an estimate of what photos and searches cost on AWS, and what others take; asks no service')
  .option('--images <n>', 'photos to describe and keep', wholeNumber(0, 1e9), 10_000)
  .option('--searches <n>', 'searches a month', wholeNumber(0, 1e10), 10_000)
  .option('--model <id>', 'a model or inference profile', 'us.amazon.nova-2-lite-v1:0')
  .addOption(new Option('--policy <name>', 'the crop policy').choices(CROP_POLICIES).default('grid-2x2'))
  .option('--asks <n>', 'how often a whole picture is asked about', wholeNumber(1, MAX_ASKS), 1)
  .option('--mb <n>', 'megabytes of a photo', number(0.001, 100), 3)
  .option('--shown <n>', 'thumbnails that a search shows; 0 for an API alone', wholeNumber(0, 100), SHOWN)
  .option('--table', 'dollars for a thousand photos instead, by crop policy and model')
  .option('--json', 'print one JSON object on stdout')
  .action((options: CostOptions) => {
    const wish = wishOf(options);
    if (options.table) {
      print(options.json ? visibleJson({ ...PRICED, table: tableOf(wish) }) : tableText(wish));
      return;
    }
    const found = estimate(wish);
    const peers = peersOf(wish.images, wish.searches);
    print(
      options.json
        ? visibleJson({ ...PRICED, ...wish, ...found, peers, sources: PRICE_SOURCES })
        : costReport(wish, found, peers),
    );
  });

/** Models of which somebody says both a price and what a picture counts. */
const known = (): string[] => Object.keys(MODEL_PRICES).filter((modelId) => tokensOf(modelId) !== undefined);

function wishOf({ model, policy, mb, ...rest }: CostOptions): Wish {
  const { images, searches, asks, shown } = rest;
  const tokens = MODEL_PRICES[bareModelId(model)] && tokensOf(model);
  if (!tokens)
    throw new CommandError(
      'model',
      `no price is known for the model "${model}": name one of ${known().join(', ')}, also with us., eu. or global. before it`,
    );
  return { images, searches, modelId: model, cropPolicy: policy, asks, tokens, megabytes: mb, shown };
}

interface TableRow {
  readonly cropPolicy: CropPolicy;
  readonly callsAPhoto: number;
  /** Dollars for a thousand photos, all lines but those of a month. */
  readonly usdByModel: Readonly<Record<string, number>>;
}

/** What a row and a column do not choose. */
type OfAnyModel = Pick<Wish, 'searches' | 'asks' | 'megabytes' | 'shown'>;

/** As a deployment asks them: newer models are there by profiles alone. */
const tableModels = (): string[] =>
  known().map((modelId) => (MODEL_PRICES[modelId]!.inGeography > 1 ? `us.${modelId}` : modelId));

const tableOf = (wish: OfAnyModel): TableRow[] =>
  CROP_POLICIES.map((cropPolicy) => ({
    cropPolicy,
    callsAPhoto: viewsOfPhoto(cropPolicy) + wish.asks - 1,
    usdByModel: Object.fromEntries(
      tableModels().map((modelId) => {
        const thousand = { ...wish, images: 1_000, modelId, cropPolicy, tokens: tokensOf(modelId)! };
        return [modelId, estimate(thousand).onceUsd];
      }),
    ),
  }));

/** `amazon.nova-2-lite-v1:0` is told by its name. */
const shortName = (modelId: string): string =>
  modelId.replace(/^(us\.)?(?:amazon|anthropic)\./, '$1').replace(/(?:-\d{8})?-v\d+:\d+$/, '');

/** Of Markdown, as docs/costs.md shows it. */
export function tableText(wish: OfAnyModel): string {
  const rows = tableOf(wish).map(({ cropPolicy, callsAPhoto, usdByModel }) => [
    cropPolicy,
    String(callsAPhoto),
    ...Object.values(usdByModel).map(dollars),
  ]);
  return markdownTable(['crops', 'calls', ...tableModels().map(shortName)], rows);
}
