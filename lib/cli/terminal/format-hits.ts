import { visibleText } from '../../domain/visible-text.ts';
import type { Hit, HitView, SearchAnswer } from '../../api/search/schema.ts';
import { displayWidth, padTo } from './display-width.ts';
import { shorten } from './shorten.ts';

/** What is shown of the answer of a search. */
type ShownAnswer = Omit<SearchAnswer, 'query' | 'figures'> & {
  readonly query?: Pick<SearchAnswer['query'], 'readAs' | 'withoutAbsent'>;
};

/**
 * The answer of a search: a table of hits with rank, score, name, the best view and the words that it earned the hit
 * with; then, where they were asked for, likely pictures under their own heading, and related words.
 * @param areDated whether the hits are sorted by date, which is shown then
 * @param columns that a line may take: long names and words give way
 */
export function formatHits(
  { query = {}, withAll, total, totalIs, hits, checked, likely, related, didYouMean, index }: ShownAnswer,
  {
    areDated = false,
    columns = Number.POSITIVE_INFINITY,
  }: { readonly areDated?: boolean; readonly columns?: number } = {},
): string {
  const parts = [
    hits.length === 0
      ? 'nothing found'
      : `${table(hits, columns, areDated)}\n${countLine(total, totalIs, hits.length)}`,
  ];
  if (withAll && hits.length > 0) parts.push(allLine(withAll, total, totalIs));
  parts.push(...readLines(query));
  if (checked)
    parts.push(`only the best ${checked.glosses} of ${checked.candidates} candidates were looked at`);
  for (const { text, words } of didYouMean ?? []) {
    parts.push(`instead of "${text}": did you mean ${words.map(({ word }) => word).join(', ')}?`);
  }
  if (likely)
    parts.push(
      likely.length === 0 ? 'nothing likely' : `likely, without the words\n${table(likely, columns)}`,
    );
  if (related && related.words.length > 0) {
    const words = related.words.map(({ word, count }) => `${word} ${count}`).join(', ');
    parts.push(`related words, with their number among the best ${related.candidates}: ${words}`);
  }
  if (index)
    parts.push(
      'some images may be missed: the index is of an older analyser; "gloss reindex TENANT" makes it again',
    );
  return parts.join('\n');
}

/** Names and words are not cut below that. */
const SHORTEST = 16;

/** The widths of columns within a line: names give way first, and then words. */
function fit(widths: readonly number[], header: readonly string[], columns: number): number[] {
  const fitted = [...widths];
  for (const title of ['name', 'words']) {
    const at = header.indexOf(title);
    const over = fitted.reduce((sum, width) => sum + width + 2, -2) - columns;
    if (over > 0) fitted[at] = Math.max(Math.min(fitted[at]!, SHORTEST), fitted[at]! - over);
  }
  return fitted;
}

function table(hits: readonly Hit[], columns: number, areDated = false): string {
  const rows = hits.map((hit, i) => ({
    hit,
    cells: [
      String(i + 1),
      ...(areDated ? [(hit.date ?? '').replace('T', ' ')] : []),
      hit.score.toFixed(3),
      hit.name,
      ...bestOf(hit),
    ].map(visibleText),
  }));
  const header = ['#', ...(areDated ? ['date'] : []), 'score', 'name', 'best view', 'words'];
  const widest = header.map((title, column) =>
    Math.max(displayWidth(title), ...rows.map(({ cells }) => displayWidth(cells[column]!))),
  );
  const widths = fit(widest, header, columns);
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => padTo(shorten(cell, widths[column]!), widths[column]!))
      .join('  ')
      .trimEnd();
  return [line(header), ...rows.flatMap(({ hit, cells }) => [line(cells), ...explain(hit)])].join('\n');
}

const countLine = (total: number, totalIs: SearchAnswer['totalIs'], shown: number): string =>
  total > shown
    ? `${shown} of ${totalIs === 'exact' ? '' : `${totalIs} `}${total} images; --all shows every one`
    : imagesFound(total);

/** "12 with all words, 340 with some". */
function allLine(
  { total: all, totalIs: allIs }: NonNullable<SearchAnswer['withAll']>,
  total: number,
  totalIs: SearchAnswer['totalIs'],
): string {
  const count = `${allIs === 'exact' ? '' : `${allIs} `}${all} with all words`;
  return allIs === 'exact' && totalIs === 'exact' ? `${count}, ${total - all} with some` : count;
}

/** What of the query was read in another way than it looks. */
function readLines({ readAs = [], withoutAbsent }: NonNullable<ShownAnswer['query']>): string[] {
  const those = (...kinds: readonly string[]) => [
    ...new Set(readAs.filter(({ as }) => kinds.includes(as)).map(({ text }) => text)),
  ];
  const leftOut = those('function word', 'frame', 'punctuation');
  const words = those('word');
  const fields = those('unknown field');
  const dates = those('no date');
  const cut = those('frequent words');
  return [
    ...(leftOut.length > 0 ? [`left out: ${leftOut.join(' ')}; in quotes or with + a word counts`] : []),
    ...(words.length > 0 ? [`read as words: ${words.join(' ')}`] : []),
    ...(fields.length > 0 ? [`no such field: ${fields.join(' ')}`] : []),
    ...(dates.length > 0 ? [`no date, read as words: ${dates.join(' ')}; write date:2024-05-17`] : []),
    ...(cut.length > 0 ? [`the most frequent words alone: ${cut.join(' ')}; type more letters`] : []),
    ...(withoutAbsent === undefined
      ? []
      : [`to exclude what is not to be there, search for: ${withoutAbsent}`]),
  ].map(visibleText);
}

const imagesFound = (total: number): string => (total === 1 ? '1 image' : `${total} images`);

/** The best view with its words; where no view has one, the part of the file that has. */
function bestOf({ views: [best], file }: Hit): [string, string] {
  return file && (best?.words ?? []).length === 0
    ? [file.highlights[0]?.field ?? 'file', file.words.join(' ')]
    : describeView(best);
}

/** The view and its words; a crop with its place and size in pixels of the picture. */
function describeView(view: HitView | undefined): [string, string] {
  if (!view) return ['-', ''];
  const { kind, box, words } = view;
  const place = kind === 'crop' && box ? ` ${box.width}x${box.height} at ${box.left},${box.top}` : '';
  return [`${kind}${place}`, words.join(' ')];
}

/** The score term by term, which adds up to it; nothing when it was not asked for. */
function explain({ explanation, score }: Hit): string[] {
  if (!explanation) return [];
  const { terms, docLen, avgDocLen, docCount, k1, b } = explanation;
  return [
    ...terms.map(
      (term) =>
        `     ${term.score.toFixed(3)}  ${term.term}: idf ${term.idf.toFixed(3)} (in ${term.docFreq} of ${docCount}), ` +
        `${term.termFreq} times here` +
        (term.earliness === undefined
          ? ''
          : `, by place ${Number((term.termFreq * term.earliness).toFixed(3))}`) +
        (term.weight === 1 ? '' : `, weight ${Number(term.weight.toFixed(3))}`) +
        (term.via === undefined ? '' : `, via "${term.via}"`) +
        (term.together === undefined ? '' : `, ${term.together.toFixed(3)} of it for one view`) +
        (term.agreed === undefined ? '' : `, ${term.agreed.toFixed(3)} of it for the views that agree`),
    ),
    `   = ${score.toFixed(3)}  ${docLen} terms here, ${avgDocLen.toFixed(1)} on average; k1 ${k1}, b ${b}`,
    '',
  ];
}
