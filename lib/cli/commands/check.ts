import { Command } from 'commander';
import { IndexCheckPage, IndexJson } from '../../api/tenant-index/schema.ts';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';
import { callApi, type Locate } from '../service/client.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { withConnection } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';
import { counted } from '../terminal/counted.ts';
import { showProgress } from '../terminal/progress.ts';

interface Options extends ConnectionOptions {
  readonly json?: true;
}

type Difference = IndexCheckPage['differences'][number];

/** `gloss check`: what differs between a tenant's index, records and glosses. It changes nothing. */
export const checkCommand = withConnection(
  new Command('check')
    .description("compare a tenant's index with its images and their words, with an operator key")
    .argument('<tenant>'),
).action(async (tenant: string, options: Options) => {
  const locate: Locate = () => connect(options, process.env, 'operator');
  const path = `/v1/tenants/${encodeURIComponent(tenant)}/index`;
  const { documents: expected } = await callApi(locate, path, IndexJson);
  const progress = showProgress();
  progress.phase('documents', expected);
  const differences = new Map<string, Difference>();
  let [images, documents, waiting] = [0, 0, 0];
  let cursor: string | undefined;
  do {
    const after = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    const page: IndexCheckPage = await callApi(locate, `${path}/check${after}`, IndexCheckPage);
    images += page.images;
    documents += page.documents;
    waiting += page.waiting;
    for (const difference of page.differences) differences.set(subjectOf(difference), difference);
    ({ cursor } = page);
    progress.update(documents);
  } while (cursor !== undefined);
  progress.stop();
  const found = [...differences.values()];
  if (options.json) print(visibleJson({ tenant, images, documents, waiting, differences: found }));
  else {
    for (const difference of found) print(lineOf(difference));
    if (waiting > 0) print(`waiting to be dropped: ${waiting}`);
    const lacksRecords = found.some(({ what }) => what === 'no_record');
    if (documents > images && !lacksRecords)
      print(
        'indexing is under way: pictures came while this was counted, so there are more documents than images',
      );
    const looked = `${counted(images, 'image')} and ${counted(documents, 'document')}`;
    print(
      found.length === 0
        ? `${tenant}  ${looked} agree`
        : `${tenant}  ${counted(found.length, 'difference')} among ${looked}${lacksRecords ? '; see docs/runbook.md before the index is made again' : found.some(isOfIndex) ? `; "gloss reindex ${tenant}" makes the index again` : ''}`,
    );
  }
  process.exitCode = found.length === 0 ? 0 : 1;
});

/** One item that cannot be read is met with in many places. */
const subjectOf = ({ what, image, segment, detail }: Difference): string =>
  visibleJson(what === 'corrupt' ? { detail } : { what, image, segment });

const OF_INDEX: ReadonlySet<Difference['what']> = new Set([
  'not_indexed',
  'other_state',
  'left_in_index',
  'corrupt',
  'unnamed',
  'other_language',
  'other_analyser',
]);
/** Records, words and pictures are what an index is made from. One that is made again leaves out what has no record. */
const isOfIndex = ({ what }: Difference): boolean => OF_INDEX.has(what);

const WORDS: Readonly<Record<Difference['what'], string>> = {
  not_indexed: 'is searchable by its record, and not in the index',
  other_state: 'is in the index with words of another state',
  unreadable_record: 'has a record that cannot be read: add its file or import its words again, or delete it',
  unreadable_gloss:
    'has words that cannot be read: "gloss retry" it, import them again where they were imported, or delete it',
  no_gloss: 'has no words: "gloss retry" it, or import them again where they were imported',
  no_original: 'is an upload, and its picture is not there',
  no_thumbnail: 'is an upload, and its thumbnail is not there: "gloss retry" it',
  no_record:
    'is in the index, and has no record: add its file or import its words again; otherwise sweeps make it again or remove its words within 31 days',
  left_in_index: 'was removed or failed, and is still in the index',
  corrupt: 'cannot be read',
  unnamed: 'is named by no manifest: it was left',
  other_language: 'the words are indexed in another language than that of the tenant',
  other_analyser: 'the words were analysed in another way than queries are now, and may not be found',
  totals: 'the sums of the tenant differ from its records: the next daily sweep corrects them',
};

function lineOf({ what, image, name, segment, detail }: Difference): string {
  const of = image && (name === undefined ? image : `${name} (${image})`);
  const subject = of ?? (segment === undefined ? '' : `segment ${segment}`);
  return visibleText([`${what}:`, subject, WORDS[what], detail && `(${detail})`].filter(Boolean).join(' '));
}
