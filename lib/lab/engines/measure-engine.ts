import { percentile } from '../metrics/percentile.ts';
import type { Engine, EngineCorpus, EngineHit, OpenEngine, Question } from './engine.ts';

/** Passes over all queries after a first one that only warms. */
const PASSES = 3;

/** One engine with the documents and the queries that it is to be measured with. */
export interface EngineTask {
  readonly corpus: EngineCorpus;
  /** Queries by set. */
  readonly sets: readonly { readonly set: string; readonly questions: readonly Question[] }[];
  readonly k: number;
}

/** What one engine did with a corpus. */
export interface EngineRun {
  readonly version: string;
  readonly buildSeconds: number;
  readonly bytes: number;
  readonly sets: readonly SetRun[];
}

/** What one engine did with a set of queries. */
export interface SetRun {
  readonly set: string;
  readonly answers: readonly {
    /** Median over the warm passes. */
    readonly cpuMs: number;
    readonly found: readonly EngineHit[];
  }[];
}

/**
 * Builds an index and asks all queries once to warm up and then in passes, one at a time. CPU is that of the whole
 * process with all its threads, or what the engine says where it runs elsewhere.
 * @param folder an empty folder for the engine's files
 * @param heapBytes live bytes on this process's heap
 */
export async function measureEngine(
  open: OpenEngine,
  { corpus, sets, k }: EngineTask,
  folder: string,
  heapBytes: () => number,
): Promise<EngineRun> {
  const engine = await open(folder);
  try {
    const heapBefore = heapBytes();
    const startMs = performance.now();
    await engine.build(corpus);
    const buildSeconds = (performance.now() - startMs) / 1_000;
    const bytes = (await engine.storedBytes()) ?? heapBytes() - heapBefore;
    const questions = sets.flatMap((set) => set.questions);
    const answers = await askAll(engine, questions, k);
    let next = 0;
    const runs = sets.map(({ set, questions: { length } }) => ({
      set,
      answers: answers.slice(next, (next += length)),
    }));
    return { version: engine.version, buildSeconds, bytes, sets: runs };
  } finally {
    await engine.close();
  }
}

async function askAll(engine: Engine, questions: readonly Question[], k: number): Promise<SetRun['answers']> {
  const warm: (readonly EngineHit[])[] = [];
  for (const question of questions) warm.push((await ask(engine, question, k)).found);
  const times: number[][] = questions.map(() => []);
  for (let pass = 0; pass < PASSES; pass += 1) {
    for (const [i, question] of questions.entries()) times[i]!.push((await ask(engine, question, k)).cpuMs);
  }
  return warm.map((found, i) => ({ found, cpuMs: percentile(times[i]!, 0.5) }));
}

async function ask(engine: Engine, question: Question, k: number) {
  const before = process.cpuUsage();
  const { found, cpuMs } = await engine.search(question, k);
  const { user, system } = process.cpuUsage(before);
  return { found, cpuMs: cpuMs ?? (user + system) / 1_000 };
}
