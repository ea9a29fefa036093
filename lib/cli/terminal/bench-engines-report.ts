import type { EngineBenchReport, EngineFigures, EngineSetFigures } from '../../lab/bench/bench-engines.ts';
import { ENGINES } from '../../lab/engines/catalog.ts';
import { markdownTable } from './markdown-table.ts';

/** Engines side by side as tables in Markdown, with what to know of each below them. */
export function formatEngineBench({ analysisSeconds, sizes }: EngineBenchReport): string {
  const named = sizes[0]!.engines.map(({ engine }) => engine);
  return [
    ...sizes.flatMap(({ documents, engines }) => [
      `### Engines with ${count(documents)} images`,
      '',
      'CPU ms of a warm query with all threads, p50 / p99, and p50 as a multiple of that of Gloss.',
      '',
      sizeTable(engines, COST_COLUMNS, costOf),
      '',
      'Queries answered with the ten best of the exhaustive BM25, with its scores as well, and the mean share of the ' +
        'ten best that were found.',
      '',
      sizeTable(engines, [], agreementOf),
      '',
    ]),
    `Reading and analysing ${count(sizes.at(-1)!.documents)} documents took ${analysisSeconds.toFixed(1)} s; ` +
      'the build of Gloss does it again, the others get its terms.',
    '',
    'Size and scores:',
    '',
    ...named.map((engine) => {
      const { title, bytesOf, scores } = ENGINES[engine];
      return `- ${title}: ${bytesOf}; ${scores}.`;
    }),
  ].join('\n');
}

type Measured = Exclude<EngineFigures, { readonly failure: string }>;
type Column = readonly [string, (engine: Measured) => string];

const COST_COLUMNS: readonly Column[] = [
  ['build, s', ({ buildSeconds }) => buildSeconds.toFixed(1)],
  ['MB', ({ bytes }) => (bytes / 1e6).toFixed(1)],
];

const costOf = ({ cpuMs }: EngineSetFigures, ours: EngineSetFigures | undefined): string => {
  const times = ours ? `, ${(cpuMs.p50 / ours.cpuMs.p50).toFixed(2)}x` : '';
  return `${milliseconds(cpuMs.p50)} / ${milliseconds(cpuMs.p99)}${times}`;
};

const agreementOf = ({ sameDocuments, sameScores, queries, share }: EngineSetFigures): string =>
  `${sameDocuments}, ${sameScores} of ${queries}; ${share.toFixed(2)}`;

/** A row an engine, a column a set of queries; what failed says why in its first cell. */
function sizeTable(
  engines: readonly EngineFigures[],
  columns: readonly Column[],
  cell: (set: EngineSetFigures, ours: EngineSetFigures | undefined) => string,
): string {
  const measured = engines.filter((engine): engine is Measured => !('failure' in engine));
  const ours = measured.find(({ engine }) => engine === 'gloss');
  const sets = measured[0]?.sets.map(({ set }) => set) ?? [];
  const header = ['', ...columns.map(([name]) => name), ...sets];
  return markdownTable(
    header,
    engines.map((engine) => {
      const { title } = ENGINES[engine.engine];
      if ('failure' in engine)
        return [title, engine.failure, ...header.slice(2).map(() => '')].slice(0, header.length);
      return [
        `${title} ${engine.version}`.trimEnd(),
        ...columns.map(([, of]) => of(engine)),
        ...engine.sets.map((set, i) => cell(set, ours?.sets[i])),
      ];
    }),
  );
}

const milliseconds = (value: number): string => value.toFixed(value < 1 ? 2 : 1);
const count = (value: number): string => Math.round(value).toLocaleString('en');
