import { Command, InvalidArgumentError, Option } from 'commander';
import { MOST_NAIVE, runBench, type BenchOptions } from '../../lab/bench/bench.ts';
import { runEngineBench } from '../../lab/bench/bench-engines.ts';
import { STORES } from '../../lab/bench/bench-store.ts';
import { ENGINE_NAMES, type EngineName } from '../../lab/engines/catalog.ts';
import { formatEngineBench } from '../terminal/bench-engines-report.ts';
import { formatSearchBench } from '../terminal/bench-searches-report.ts';
import { formatBench } from '../terminal/bench-report.ts';
import { wholeNumber } from '../terminal/options.ts';
import { showProgress } from '../terminal/progress.ts';
import { print } from '../terminal/print.ts';
import { visibleJson } from '../../domain/visible-text.ts';

interface CommandOptions extends BenchOptions {
  readonly engines?: readonly EngineName[];
  readonly searches?: true;
  readonly json?: true;
}

const MOST_DOCUMENTS = 100_000_000;

export const benchCommand = new Command('bench')
  .description('counts what building an index and asking it costs, on a temporary index')
  .requiredOption('--docs <file>', 'documents: JSON lines {id, tags, captions} or {id, texts}, gz or plain')
  .requiredOption('--queries <file>', 'queries: lines of set and query with a tab between')
  .option('--sizes <list>', 'numbers of documents to stop and ask at, ascending', parseSizes, [10_000])
  .option('--batch <n>', 'documents indexed at once', wholeNumber(1, 10_000), 100)
  .addOption(
    new Option('--store <kind>', 'memory charges what DynamoDB would; dynamodb is the embedded server')
      .choices(STORES)
      .default('memory'),
  )
  .option('--merge-all', 'ask the last size once more with all of it merged into one segment')
  .option('--widened', 'index and ask with synonyms and kinds, as the service does; words alone otherwise')
  .option('--no-clusters', 'merge by length alone, without clusters of like documents')
  .option('--naive', `write and ask one item a posting as well, up to ${MOST_NAIVE} documents`)
  .option(
    '--engines <list>',
    'instead: Gloss beside lancedb, sqlite, minisearch, orama, lucene, or all',
    parseEngines,
  )
  .option('--searches', 'instead: whole searches through the API, counted below the SDK, at the first size')
  .option('--json', 'print one JSON object on stdout')
  .action(async (options: CommandOptions) => {
    const progress = showProgress();
    const { engines } = options;
    if (engines) {
      const report = await runEngineBench({ ...options, engines }, progress).finally(() => progress.stop());
      print(options.json ? visibleJson(report) : formatEngineBench(report));
      return;
    }
    if (options.searches) {
      // Loaded when it is asked for: it brings the API and its adapters along.
      const { benchSearches } = await import('../../lab/bench/bench-searches.ts');
      const asked = { ...options, size: options.sizes[0]! };
      const report = await benchSearches(asked, progress).finally(() => progress.stop());
      print(options.json ? visibleJson(report) : formatSearchBench(report));
      return;
    }
    const report = await runBench(options, progress).finally(() => progress.stop());
    print(options.json ? visibleJson(report) : formatBench(report));
  });

function parseSizes(text: string): number[] {
  const sizes = text.split(',').map(wholeNumber(1, MOST_DOCUMENTS));
  if (sizes.some((size, i) => i > 0 && size <= sizes[i - 1]!))
    throw new InvalidArgumentError('write the sizes in ascending order.');
  return sizes;
}

/** Reads a list of engines. Gloss is always among them, and the first. */
export function parseEngines(text: string): EngineName[] {
  const wanted = text === 'all' ? ENGINE_NAMES : text.split(',');
  const unknown = wanted.find((name) => !ENGINE_NAMES.includes(name as EngineName));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`"${unknown}" is none of all, ${ENGINE_NAMES.join(', ')}.`);
  return ENGINE_NAMES.filter((name) => name === 'gloss' || wanted.includes(name));
}
