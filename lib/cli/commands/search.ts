import { Command, Option } from 'commander';
import { SearchAnswer, type Hit } from '../../api/search/schema.ts';
import { ApiProblem, callApi } from '../service/client.ts';
import { CommandError } from '../terminal/command-error.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { narrowSearch } from '../service/narrow-search.ts';
import { openImage } from '../service/open-image.ts';
import { printThumbnails } from '../service/print-thumbnails.ts';
import { formatHits } from '../terminal/format-hits.ts';
import { wholeNumber, withConnection } from '../terminal/options.ts';
import { terminalColumns } from '../terminal/shorten.ts';
import { markError } from '../terminal/mark-error.ts';
import { print } from '../terminal/print.ts';
import { DATE_ORDERS } from '../../domain/calendar-date.ts';
import { visibleJson } from '../../domain/visible-text.ts';

interface SearchOptions extends ConnectionOptions {
  readonly limit: number;
  readonly all?: true;
  readonly explain?: true;
  readonly likely?: true;
  readonly related?: true;
  readonly plain?: true;
  readonly sort: string;
  readonly interactive?: true;
  readonly json?: true;
}

/** `gloss search`: ranked answers out. */
export const searchCommand = withConnection(
  new Command('search')
    .description(
      'find pictures by words: +must -not "a phrase" AND OR NOT tag:x name:x keyword:x date:2024 camera:x sky*',
    )
    .argument('<query...>', 'words; "--" before them if the first one is excluded')
    .option('--limit <k>', 'hits wanted, at most 100', wholeNumber(1, 100), 20)
    .addOption(
      new Option('--sort <order>', 'by how well they fit, or by when they were taken or came')
        .choices(['best', ...DATE_ORDERS])
        .default('best'),
    )
    .addOption(
      new Option('-i, --interactive', 'then narrow the answer by words that are typed').conflicts([
        'all',
        'json',
      ]),
    )
    .option('--all', 'every hit, page by page')
    .option('--explain', 'show how each score comes about')
    .option('--likely', 'then pictures without the words that speak of what goes with them')
    .option('--related', 'words to narrow the answer by, with counts')
    .option('--plain', 'the words and nothing for them, without query syntax'),
)
  .allowUnknownOption() // a word such as -car, which excludes; what begins with two hyphens is checked below
  .action(async (words: string[], options: SearchOptions) => {
    const misspelt = words.find((word) => word.startsWith('--'));
    if (misspelt !== undefined)
      throw new CommandError('option', `unknown option ${misspelt}: see gloss search --help`);
    const query = words.join(' ');
    if (options.interactive) {
      const open = async ({ id }: Hit) => {
        await openImage(() => connect(options), id);
      };
      return narrowSearch(query, {
        search: (q) => find(q, options),
        show: (found) => show(found, options),
        open,
      });
    }
    const found = await find(query, options);
    if (options.json) print(visibleJson(found));
    else await show(found, options);
  });

async function find(query: string, options: SearchOptions): Promise<SearchAnswer> {
  const parameters = new URLSearchParams({
    q: query,
    limit: String(options.limit),
    explain: String(options.explain ?? false),
    likely: String(options.likely ?? false),
    related: String(options.related ?? options.interactive ?? false),
    plain: String(options.plain ?? false),
    sort: options.sort,
  });
  try {
    const ask = () => callApi(() => connect(options), `/v1/search?${parameters}`, SearchAnswer);
    return await (options.all ? everyPage(ask, parameters) : ask());
  } catch (error) {
    throw withPlace(error, query);
  }
}

async function show(found: SearchAnswer, { sort, interactive }: SearchOptions): Promise<void> {
  // Where the answer is narrowed, its words are shown with numbers.
  const { related: _related, ...answer } = found;
  const shown = interactive ? answer : found;
  print(formatHits(shown, { areDated: sort !== 'best', columns: terminalColumns() }));
  await printThumbnails(found.hits);
}

/** The first page with the hits of all others, and what the last one counted. */
async function everyPage(
  ask: () => Promise<SearchAnswer>,
  parameters: URLSearchParams,
): Promise<SearchAnswer> {
  const first = await ask();
  const hits = [...first.hits];
  let page = first;
  while (page.cursor !== undefined) {
    parameters.set('cursor', page.cursor);
    page = await ask();
    hits.push(...page.hits);
  }
  const { cursor: _last, checked: _looked, ...answer } = first;
  return { ...answer, hits, total: page.total, totalIs: page.totalIs };
}

/** Shows where in the query the service found an error. */
function withPlace(error: unknown, query: string): unknown {
  if (!(error instanceof ApiProblem) || error.problem.field !== 'q' || error.problem.at === undefined)
    return error;
  if (query.trim() === '') return new CommandError(error.code, 'type a word to search for');
  const { at, length = 1 } = error.problem;
  error.hint = markError(query, at, length);
  return error;
}
