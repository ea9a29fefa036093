import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTenantId } from '../../domain/ids.ts';
import { mean, percentile } from '../metrics/percentile.ts';
import { readGlosses } from './index-build.ts';
import { readQuerySets } from './measure-queries.ts';
import { GlossError } from '../../domain/errors.ts';
import { Bm25Oracle } from '../engines/bm25-oracle.ts';
import type { EngineName } from '../engines/catalog.ts';
import type { EngineCorpus } from '../engines/engine.ts';
import type { EngineRun, EngineTask, SetRun } from '../engines/measure-engine.ts';
import { runApart } from '../engines/run-apart.ts';
import { writeTermsFile } from '../engines/terms-file.ts';
import type { Progress } from '../progress.ts';

interface EngineBenchOptions {
  readonly docs: string;
  readonly queries: string;
  /** Numbers of documents, ascending. */
  readonly sizes: readonly number[];
  readonly engines: readonly EngineName[];
}

/** Engines side by side: the same documents, the same words, the same queries. */
export interface EngineBenchReport {
  /** Seconds to read and analyse the documents of the largest size, which only the build of Gloss does again. */
  readonly analysisSeconds: number;
  readonly sizes: readonly { readonly documents: number; readonly engines: readonly EngineFigures[] }[];
}

export type EngineFigures = { readonly engine: EngineName } & (MeasuredEngine | { readonly failure: string });

interface MeasuredEngine {
  readonly version: string;
  readonly buildSeconds: number;
  readonly bytes: number;
  readonly sets: readonly EngineSetFigures[];
}

/** What the queries of one set cost an engine, warm, and how its answers compare with the exhaustive BM25. */
export interface EngineSetFigures {
  readonly set: string;
  readonly queries: number;
  readonly cpuMs: { readonly p50: number; readonly p99: number };
  /** Queries answered with the documents of the exhaustive evaluation. */
  readonly sameDocuments: number;
  /** Those of them whose scores are the same, too. */
  readonly sameScores: number;
  /** Share of the best documents that were found, mean over the queries. */
  readonly share: number;
}

const TOP_K = 10;

/** Builds and asks every engine at every size, one after another, each in a process of its own. */
export async function runEngineBench(
  { docs, queries, sizes, engines }: EngineBenchOptions,
  progress: Progress,
): Promise<EngineBenchReport> {
  const sets = await readPlainSets(queries);
  const folder = await mkdtemp(join(tmpdir(), 'gloss-bench-terms-'));
  try {
    const terms = join(folder, 'terms.txt');
    const largest = sizes.at(-1)!;
    progress.phase('analysing', largest);
    const startMs = performance.now();
    const glosses = readGlosses(docs, parseTenantId('bench'));
    const there = await writeTermsFile(terms, glosses, largest, (lines) => progress.update(lines));
    const analysisSeconds = (performance.now() - startMs) / 1_000;
    if (there < largest)
      throw new GlossError(
        'invalid',
        'documents',
        `${docs} has ${there} documents: ask for at most as many by --sizes`,
      );
    const measured: EngineBenchReport['sizes'][number][] = [];
    for (const size of sizes) {
      const corpus = { docs, terms, size };
      measured.push({ documents: size, engines: await measureAll(engines, corpus, sets, progress) });
    }
    return { analysisSeconds, sizes: measured };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The sets without signs: OR of words is what all engines have in common. */
async function readPlainSets(file: string): Promise<EngineTask['sets']> {
  const sets = [...(await readQuerySets(file))].map(([set, queries]) => ({
    set,
    questions: queries.map((query) => ({
      query,
      terms: query.scoring.map(({ term }) => term),
    })),
  }));
  const plain = sets.filter(({ questions }) => questions.every(({ query }) => query.cnf.length === 0));
  if (plain.length === 0)
    throw new GlossError(
      'invalid',
      'queries',
      `${file} has no set without + and -: engines are asked for any of the words`,
    );
  return plain;
}

async function measureAll(
  engines: readonly EngineName[],
  corpus: EngineCorpus,
  sets: EngineTask['sets'],
  progress: Progress,
): Promise<EngineFigures[]> {
  const queryTerms = new Set(sets.flatMap(({ questions }) => questions.flatMap(({ terms }) => terms)));
  const oracle = await Bm25Oracle.read(corpus, queryTerms);
  const all: EngineFigures[] = [];
  for (const [i, engine] of engines.entries()) {
    progress.phase(`${engine} with ${corpus.size} documents`, 1);
    const outcome = await runApart({ engine, corpus, sets, k: TOP_K });
    all.push({ engine, ...('failure' in outcome ? outcome : figuresOf(outcome, sets, oracle)) });
    progress.update(1);
    if ('failure' in outcome) progress.note(`${engine}: ${outcome.failure} (${i + 1} of ${engines.length})`);
  }
  return all;
}

const figuresOf = (run: EngineRun, sets: EngineTask['sets'], oracle: Bm25Oracle): MeasuredEngine => ({
  ...run,
  sets: run.sets.map((set, i) => setFigures(set, sets[i]!.questions, oracle)),
});

function setFigures(
  { set, answers }: SetRun,
  questions: EngineTask['sets'][number]['questions'],
  oracle: Bm25Oracle,
): EngineSetFigures {
  const times = answers.map(({ cpuMs }) => cpuMs);
  const verdicts = answers.map(({ found }, i) => oracle.judge(questions[i]!.terms, TOP_K, found));
  return {
    set,
    queries: answers.length,
    cpuMs: { p50: percentile(times, 0.5), p99: percentile(times, 0.99) },
    sameDocuments: verdicts.filter(({ sameDocuments }) => sameDocuments).length,
    sameScores: verdicts.filter(({ sameScores }) => sameScores).length,
    share: mean(verdicts.map(({ share }) => share)),
  };
}
