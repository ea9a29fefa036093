import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { CROP_POLICIES } from '../../domain/tenant.ts';
import { makeFolder } from '../../files/make-folder.ts';
import { ablate, type Ablation } from '../../lab/eval/ablations.ts';
import { readEvalQueries } from '../../lab/eval/eval-set.ts';
import { findKnownItems } from '../../lab/eval/find-known-items.ts';
import { evaluateSet, type EvalOptions, type EvalResult } from '../../lab/eval/evaluate-set.ts';
import { prCurveSvg, type Series } from '../../lab/metrics/pr-curve-svg.ts';
import { NO_BACKGROUND, openBackground } from '../../lexicon/background-table.ts';
import { parseCropPolicy } from '../../vision/crop-policy.ts';
import { showProgress } from '../terminal/progress.ts';
import { print, tell } from '../terminal/print.ts';
import { visibleJson } from '../../domain/visible-text.ts';

/** What of the ranking counts, by the names of the command's options. */
interface RankingSwitches {
  readonly lexicon: boolean;
  readonly compounds: boolean;
  readonly sameView: boolean;
  readonly agreement: boolean;
}

interface CommandOptions
  extends
    Pick<
      EvalOptions,
      'plain' | 'likely' | 'places' | 'stemming' | 'narrow' | 'docs' | 'minPositives' | 'cost' | 'falseHits'
    >,
    RankingSwitches {
  readonly background?: string | false;
  readonly queries?: string;
  readonly labels?: string;
  readonly photos?: string;
  readonly ablations?: true;
  readonly knownItem?: true;
  readonly ask?: string;
  readonly sample?: number;
  readonly withPlain?: true;
  readonly svg: string;
  readonly json?: true;
}

export const evalCommand = new Command('eval')
  .description('measures ranking on a labelled set: documents with words, or photos that are described first')
  .argument('<dir>', 'folder with docs.jsonl.gz (or images/), labels.jsonl.gz and queries.tsv')
  .option('--plain', 'BM25 as in the paper: no query syntax, no expansion')
  .option('--likely', 'also rank what has none of the words, after all matches')
  .option(
    '--narrow <k>',
    'take the most helpful related word k times and report the precision at fixed recall',
    Number,
    0,
  )
  .option('--no-stemming', 'words as they are written; that leaves no lexicon either')
  .option('--no-places', 'words count alike wherever a text says them')
  .option('--no-same-view', 'words close together count no more than apart')
  .option('--no-agreement', 'words that more of the views say count no more')
  .option('--no-lexicon', 'without synonyms and kinds')
  .option('--no-compounds', 'without names of several words as one term')
  .option('--background <file>', 'another table of what goes with what, by npm run background')
  .option('--no-background', "likely by the collection's own counts alone")
  .option('--docs <file>', 'another file of documents')
  .option('--queries <file>', 'another file of queries')
  .option('--labels <file>', 'another file of labels')
  .option('--min-positives <n>', 'leave out labels with fewer relevant images', Number, 1)
  .option(
    '--photos <policies>',
    `describe DIR/images with the embedded model, once a crop policy: ${CROP_POLICIES.join(',')}`,
  )
  .option(
    '--cost',
    'also count the read units of whole searches, plain, expanded, with likely and with related ones',
  )
  .option('--false-hits <n>', 'also show so many hits that are the first wrong ones of their queries', Number)
  .option('--ablations', 'macro AP of everything, and without each part in turn')
  .option('--known-item', "ask for single images, with each one's last text, which is not indexed")
  .option('--ask <file>', 'ask for single images, with the texts of these documents about them')
  .option('--sample <n>', 'of those questions that many, spread evenly; all when left out', Number)
  .option('--with-plain', 'draw the curve of plain BM25, too')
  .option('--svg <folder>', 'where the PR curves go', 'eval')
  .option('--json', 'one object on stdout')
  .action(async (dir: string, options: CommandOptions) => {
    if (options.knownItem || options.ask !== undefined) return evaluateKnownItems(dir, options);
    const questions = await readEvalQueries(dir, options);
    const progress = showProgress();
    const listeners = { progress, onBadLine };
    if (options.ablations) {
      printAblations(await ablate(dir, questions, evalOptionsOf(options), listeners), options.json);
      return;
    }
    const results: EvalResult[] = [];
    const curves: Series[] = [];
    const policies = options.photos?.split(',').map(parseCropPolicy) ?? [undefined];
    for (const policy of policies) {
      const { result, curves: drawn } = await evaluateSet(
        dir,
        policy,
        questions,
        evalOptionsOf(options),
        listeners,
      );
      results.push(result);
      curves.push(...drawn);
    }
    if (options.withPlain) {
      const plain = { ...evalOptionsOf(options), plain: true, likely: false, cost: false };
      curves.unshift(...(await evaluateSet(dir, policies[0], questions, plain, listeners)).curves);
    }
    await makeFolder(options.svg);
    const svg = join(options.svg, 'pr-curves.svg');
    await writeFile(svg, prCurveSvg('Precision and recall, all queries pooled', curves));
    if (options.json) {
      print(visibleJson(options.photos ? { variants: results, svg } : { ...results[0]!, svg }));
    } else {
      for (const result of results) printResult(result);
      print(`curves: ${svg}`);
    }
  });

const onBadLine = (message: string) => tell(`gloss: ${message}`);

async function evaluateKnownItems(dir: string, options: CommandOptions): Promise<void> {
  const result = await findKnownItems(dir, evalOptionsOf(options), { progress: showProgress(), onBadLine });
  if (options.json) {
    print(visibleJson(result));
    return;
  }
  print(`${result.documents} documents, ${result.search.queries} sentences that ask for one of them`);
  for (const way of ['plain', 'search'] as const) {
    const { mrr, recallAt1, recallAt5, recallAt10 } = result[way];
    const shares = [recallAt1, recallAt5, recallAt10].map((share) => share.toFixed(3));
    print(
      `  ${way.padEnd(8)} MRR ${mrr.toFixed(4)}  first ${shares[0]}  in 5 ${shares[1]}  in 10 ${shares[2]}`,
    );
  }
}

function printAblations(ablations: readonly Ablation[], asJson: true | undefined): void {
  if (asJson) {
    print(visibleJson({ ablations }));
    return;
  }
  print(`${'left out'.padEnd(28)}matches  with likely`);
  for (const { leftOut, matches, withLikely } of ablations)
    print(`${leftOut.padEnd(28)}${matches.toFixed(4)}   ${withLikely?.toFixed(4) ?? ''}`.trimEnd());
}

/** @throws Error of node:fs where the file of a background is missing; GlossError where it is damaged */
function evalOptionsOf({
  lexicon,
  compounds,
  sameView,
  agreement,
  background,
  ...options
}: CommandOptions): EvalOptions & Pick<CommandOptions, 'ask' | 'sample'> {
  return {
    ...options,
    expand: { lexicon, compounds },
    rerank: { proximity: sameView, agreement },
    ...(background === false && { background: NO_BACKGROUND }),
    ...(typeof background === 'string' && { background: openBackground(readFileSync(background)) }),
  };
}

function printResult(result: EvalResult): void {
  const row = (name: string, value: number) => print(`  ${name.padEnd(16)} ${value.toFixed(4)}`);
  print(
    `${result.name}: ${result.documents} documents, ${result.queries} queries, ${result.positives} relevant pairs`,
  );
  if (result.callsPerPhoto !== undefined) row('calls a photo', result.callsPerPhoto);
  row('macro AP', result.macroAP);
  row('micro PR-AUC', result.microPRAUC);
  row('macro recall', result.macroRecall);
  row('macro precision', result.macroPrecision);
  const matches = result.matches ?? result;
  const shown = [...Object.values(matches.macroPrecisionAt), matches.macroPrecision];
  print(
    `  matches: precision of the first, 5, 20 and all: ${shown.map((share) => share.toFixed(3)).join(', ')}`,
  );
  if (result.matches) {
    row('matches: AP', result.matches.macroAP);
  }
  for (const { way, readUnits, ratio } of result.cost ?? []) {
    const figures = `mean ${readUnits.mean.toFixed(1)}, p50 ${readUnits.p50}, max ${readUnits.max}`;
    print(`  read units, ${way}: ${figures}, ${ratio.toFixed(2)} times plain`);
  }
  for (const { added, precisionAtRecall: at } of result.narrowing ?? []) {
    const figures = Object.entries(at).map(([recall, value]) => `${value.toFixed(3)} at recall ${recall}`);
    print(`  precision with ${added} related words: ${figures.join(', ')}`);
  }
  for (const { query, place, id, words, said } of result.falseHits ?? [])
    print(`  ${query}, place ${place}, ${id}, by ${words.join(', ')}: ${said}`);
  print('  lowest AP');
  for (const { query, ap, recall, precision, positives } of result.perQuery.slice(0, 10)) {
    print(
      `    ${query.padEnd(18)} AP ${ap.toFixed(2)}  recall ${recall.toFixed(2)}  precision ${precision.toFixed(2)}  of ${positives}`,
    );
  }
}
