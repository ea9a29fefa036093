import type { SearchBenchReport, SearchFigures } from '../../lab/bench/bench-searches.ts';
import { markdownTable } from './markdown-table.ts';

/** Whole searches as a table in Markdown, cold and repeated. */
export function formatSearchBench({ documents, searches }: SearchBenchReport): string {
  const both = (of: (cost: SearchFigures['cold']) => number, { cold, repeated }: SearchFigures) =>
    `${of(cold)} / ${of(repeated)}`;
  return [
    `Whole searches of ${documents} images, cold / repeated, means over the queries.`,
    '',
    markdownTable(
      ['search', 'queries', 'read units', 'write units', 'waits', 'bytes, compressed'],
      searches.map((search) => [
        search.name,
        String(search.queries),
        both(({ readUnits }) => readUnits, search),
        both(({ writeUnits }) => writeUnits, search),
        both(({ waits }) => waits, search),
        both(({ bytes }) => Math.round(bytes), search),
      ]),
    ),
  ].join('\n');
}
