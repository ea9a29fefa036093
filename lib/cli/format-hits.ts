import type { Hit, HitView, SearchResult } from './api-answers.ts';
import { displayWidth, padTo } from './display-width.ts';

/** The answer of a search as a table: rank, score, name, the best view and the words that it earned the hit with. */
export function formatHits({ total, hits }: SearchResult): string {
  if (hits.length === 0) return 'nothing found';
  const rows = hits.map((hit, i) => ({
    hit,
    cells: [String(i + 1), hit.score.toFixed(3), hit.name, ...describeView(hit.views[0])],
  }));
  const header = ['#', 'score', 'name', 'best view', 'words'];
  const widths = header.map((title, column) =>
    Math.max(displayWidth(title), ...rows.map(({ cells }) => displayWidth(cells[column]!))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => padTo(cell, widths[column]!))
      .join('  ')
      .trimEnd();
  return [
    line(header),
    ...rows.flatMap(({ hit, cells }) => [line(cells), ...explain(hit)]),
    total > hits.length ? `${hits.length} of ${total} images; see more by --limit` : imagesFound(total),
  ].join('\n');
}

const imagesFound = (total: number): string => (total === 1 ? '1 image' : `${total} images`);

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
        `${term.termFreq} times here`,
    ),
    `   = ${score.toFixed(3)}  ${docLen} terms here, ${avgDocLen.toFixed(1)} on average; k1 ${k1}, b ${b}`,
    '',
  ];
}
