import type { BenchReport, SizeFigures } from '../../lab/bench/bench.ts';
import type { SetFigures, Spread } from '../../lab/bench/measure-queries.ts';
import { markdownTable as table } from './markdown-table.ts';

/** Figures of a bench as tables in Markdown. */
export function formatBench({ store, batch, sizes, growth }: BenchReport): string {
  return [
    '### Building',
    '',
    `Store: ${store}; batches of ${batch}. Per image, the image's own items apart.`,
    '',
    table(
      ['', ...sizes.map(nameOf)],
      BUILD_ROWS.map(([name, of]) => [name, ...sizes.map(of)]),
    ),
    '',
    ...sizes.flatMap((size) => [
      `### Asking ${nameOf(size)}`,
      '',
      table(
        ['set', ...SET_COLUMNS.map(([name]) => name)],
        size.sets.map((set) => [set.set, ...SET_COLUMNS.map(([, of]) => of(set))]),
      ),
      '',
      ...naiveOf(size),
    ]),
    ...(growth.some(({ ours }) => ours !== undefined)
      ? [
          '### Growth',
          '',
          'Read units of a mean query grow as the number of images to the power of',
          '',
          table(
            ['set', 'Gloss', 'one item a posting'],
            growth.map(({ set, ours, naive }) => [set, fixed(ours), fixed(naive)]),
          ),
          '',
        ]
      : []),
  ]
    .join('\n')
    .trimEnd();
}

/** What a run of one item a posting cost. */
function naiveOf(size: SizeFigures): string[] {
  const { naive } = size;
  if (!naive) return [];
  const { documents, postings, writeUnits, sets } = naive;
  return [
    `### One item a posting, run with ${nameOf(size)}`,
    '',
    `Written: ${count(postings)} items, ${fixed(writeUnits / documents)} write units an image.`,
    '',
    table(
      [
        'set',
        'read units mean / p50 / p99 / max',
        'by arithmetic',
        'sequential reads p50 / max',
        'requests mean',
        'exact',
      ],
      sets.map(({ set, queries, readUnits, arithmetic, rounds, requests, exact }) => [
        set,
        spread(readUnits, 1),
        spread(arithmetic, 1),
        `${rounds.p50} / ${rounds.max}`,
        fixed(requests.mean, 1),
        `${exact} of ${queries}`,
      ]),
    ),
    '',
  ];
}

const nameOf = ({ build, merged }: SizeFigures): string =>
  `${count(build.documents)} images${merged ? ', merged' : ''}`;

const BUILD_ROWS: readonly (readonly [string, (size: SizeFigures) => string])[] = [
  ['write units, indexing', ({ build }) => fixed(build.indexing.writeUnits / build.documents)],
  ['write units, merging', ({ build }) => fixed(build.merging.writeUnits / build.documents)],
  [
    'write units, dropping what was merged',
    ({ build }) => fixed(build.dropping.writeUnits / build.documents),
  ],
  ['write units, one item a posting (arithmetic)', (size) => fixed(size.postings / size.build.documents)],
  ['write requests, all', ({ build }) => fixed(total(build, 'writeRequests') / build.documents)],
  ['bytes written, all', ({ build }) => count(total(build, 'writtenBytes') / build.documents)],
  ['read units, indexing', ({ build }) => fixed(build.indexing.readUnits / build.documents)],
  [
    'read units, merging and dropping',
    ({ build }) => fixed((build.merging.readUnits + build.dropping.readUnits) / build.documents),
  ],
  ['bytes stored', (size) => count(size.storedBytes / size.build.documents)],
  ['bytes stored a posting', (size) => fixed(size.storedBytes / size.postings)],
  ['postings', (size) => fixed(size.postings / size.build.documents)],
  ['live segments (in all)', (size) => count(size.segments)],
  ['seconds (in all)', ({ build }) => fixed(build.seconds, 1)],
  ['seconds of the longest merge', ({ build }) => fixed(build.longestMergeSec, 1)],
  ['memory at its peak, MB, the store with it', ({ peakMemoryMb }) => count(peakMemoryMb)],
];

const total = (build: SizeFigures['build'], of: 'writeRequests' | 'writtenBytes'): number =>
  build.indexing[of] + build.merging[of] + build.dropping[of];

const SET_COLUMNS: readonly (readonly [string, (set: SetFigures) => string])[] = [
  ['queries', ({ queries }) => count(queries)],
  ['read units mean / p50 / p99 / max', ({ readUnits }) => spread(readUnits, 1)],
  ['without resolving image ids', ({ finding }) => spread(finding.readUnits, 1)],
  ['warm', ({ warmReadUnits }) => fixed(warmReadUnits.mean, 1)],
  ['one item a posting (arithmetic)', ({ naive }) => spread(naive.readUnits, 1)],
  ['sequential reads p50 / max', ({ rounds }) => `${rounds.p50} / ${rounds.max}`],
  ['without resolving image ids', ({ finding }) => `${finding.rounds.p50} / ${finding.rounds.max}`],
  ['requests mean', ({ requests }) => fixed(requests.mean, 1)],
  ['KB mean', ({ bytes }) => fixed(bytes.mean / 1024, 1)],
  ['postings mean', ({ postings }) => count(postings.mean)],
  ['CPU ms p50 / p99, cold', ({ coldCpuMs }) => `${fixed(coldCpuMs.p50, 1)} / ${fixed(coldCpuMs.p99, 1)}`],
  ['warm', ({ cpuMs }) => `${fixed(cpuMs.p50, 1)} / ${fixed(cpuMs.p99, 1)}`],
  ['hits mean', ({ hits }) => fixed(hits.mean, 1)],
  ['exact', ({ exact, queries }) => `${exact} of ${queries}`],
];

const spread = ({ mean, p50, p99, max }: Spread, digits: number): string =>
  [mean, p50, p99, max].map((value) => fixed(value, digits)).join(' / ');
const fixed = (value: number | undefined, digits = 2): string => value?.toFixed(digits) ?? '-';
const count = (value: number): string => Math.round(value).toLocaleString('en');
