import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { GlossError } from '../../../lib/domain/errors.ts';
import type { Gloss } from '../../../lib/domain/gloss.ts';
import { imageIdOf, parseSequencer, parseTenantId, type SegmentId } from '../../../lib/domain/ids.ts';
import { LANGUAGES } from '../../../lib/domain/language.ts';
import { segmentOfGlosses } from '../../../lib/index/write/segment-of-glosses.ts';
import { compileQuery } from '../../../lib/query/plan/compile-query.ts';
import { queryParser } from '../../../lib/query/syntax/parse-query.ts';
import { analyzerOf } from '../../../lib/text/analyzer.ts';
import { parseReply } from '../../../lib/vision/reply.ts';
import { costOf, type Cost } from '../../support/cost-of.ts';
import { randomOf } from '../../support/random.ts';
import { KINDS } from './kinds.ts';

/**
 * Hostile words: as a model's reply, as a document of as many bytes as one may have, and as a query. Each is taken
 * within bounds or refused by a GlossError. Its CPU time and the memory of the process are bounded and told.
 */

const COUNT = Number(process.env['GLOSS_HOSTILE'] ?? 30);
const SEED = Number(process.env['GLOSS_HOSTILE_SEED'] ?? 20_261_128);
/** A table for people goes into this file, with this ending. */
const REPORT = process.env['GLOSS_HOSTILE_REPORT'];
/** CPU time of a whole text by every way: what a worker that is held up by it costs. */
const MAX_CPU_MS = 10_000;
/** What a function that takes words has. This process holds the test runner besides. */
const MAX_PEAK_MB = 1_024;
/** As API and model may send at most. */
const MAX_CHARS = { reply: 100_000, document: 95_000, query: 1_000 };
/** A character becomes at most 18 under NFKC, and each of those at most a word, a compound and its classes. */
const MAX_TERMS_A_CHAR = 18 * 3;
const TENANT = parseTenantId('hostile');

interface Outcome extends Cost {
  readonly kind: string;
  readonly bytes: number;
}

/** The words of a reply, or those of none where it is refused. */
function asReply(text: string): void {
  const words = parseReply({
    tags: [text, ...text.split(' ').slice(0, 500)],
    caption: text,
    visibleText: text,
  });
  expect(words.tags.length).toBeLessThanOrEqual(60);
  for (const part of [...words.tags, words.caption, words.visibleText]) {
    expect(part.length).toBeLessThanOrEqual(2_000);
    expect(part).not.toMatch(/[\p{Cc}\p{Cs}]/u);
    expect(part.isWellFormed()).toBe(true);
  }
}

/** How many bytes of items the index of one image with this text has. */
function asDocument(text: string, language: (typeof LANGUAGES)[number]): number {
  const gloss: Gloss = {
    imageId: imageIdOf(TENANT, 'a'),
    sequencer: parseSequencer('01'),
    model: 'import',
    promptVersion: 1,
    cropPolicy: 'none',
    views: [{ view: { index: 0, kind: 'whole' }, tags: [], caption: text, visibleText: '' }],
  } as never;
  let bytes = 0;
  for (const { body } of segmentOfGlosses('0-0' as SegmentId, [gloss], analyzerOf(language)))
    bytes += body.length;
  return bytes;
}

function asQuery(text: string, language: (typeof LANGUAGES)[number]): void {
  try {
    const { terms } = compileQuery(queryParser(analyzerOf(language))(text));
    expect(JSON.stringify(terms).length).toBeLessThan(MAX_CHARS.query * 100);
  } catch (error) {
    expect(error).toBeInstanceOf(GlossError);
  }
}

async function run(index: number): Promise<Outcome> {
  const random = randomOf(SEED + index);
  const names = Object.keys(KINDS);
  const kind = names[index % names.length]!;
  const language = LANGUAGES[index % LANGUAGES.length]!;
  const text = (max: number) => KINDS[kind]!(random, 1 + random.below(max));
  const [reply, document, query] = [text(MAX_CHARS.reply), text(MAX_CHARS.document), text(MAX_CHARS.query)];
  const { value: bytes, ...cost } = await costOf(() => {
    asReply(reply);
    asQuery(query, language);
    return asDocument(document, language);
  });
  expect(bytes).toBeLessThan(10_000 + document.length * MAX_TERMS_A_CHAR * 4);
  return { kind, bytes, ...cost };
}

it(`${COUNT} hostile texts are taken within bounds or refused`, async () => {
  const outcomes: Outcome[] = [];
  for (let index = 0; index < COUNT; index += 1) outcomes.push(await run(index));
  if (REPORT !== undefined) {
    const rows = [...Map.groupBy(outcomes, ({ kind }) => kind)].map(([kind, of]) => {
      const most = (value: (outcome: Outcome) => number) => Math.max(...of.map(value));
      return `| ${kind} | ${of.length} | ${most(({ cpuMs }) => cpuMs).toFixed(0)} | ${most(({ peakMb }) => peakMb).toFixed(0)} | ${most(({ bytes }) => bytes)} |`;
    });
    const head = [
      '| kind | texts | max CPU ms | max MB | max bytes of index |',
      '| --- | --- | --- | --- | --- |',
    ];
    writeFileSync(`${REPORT}.words.md`, [...head, ...rows, ''].join('\n'));
  }
  expect(outcomes).toHaveLength(COUNT);
  expect(outcomes.filter(({ cpuMs }) => cpuMs > MAX_CPU_MS)).toEqual([]);
  expect(outcomes.filter(({ peakMb }) => peakMb > MAX_PEAK_MB)).toEqual([]);
});
