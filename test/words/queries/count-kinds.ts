import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readWordCases } from '../../support/words.ts';
import { listed, NAMES } from './names.ts';
import { TABLES } from './tables.ts';

/** Kinds of inputs, and the tables that are of each: files of test/words by their names, tables of this folder by theirs and their language. */
const GROUPS: readonly (readonly [kind: string, tables: RegExp])[] = [
  ['names of files', /^names/],
  ['exclusion, requirement, kinds of things', /^(exclusion|requirements|kinds of|what is not to be there)/],
  ['beginnings and letters left open', /prefix|left open in/],
  ['slips', /typos|slips/],
  ['signs, quotes, brackets, capitals, what is typed by accident', /capitals|typed|signs|pasted/],
  [
    'words that say nothing, possessives, words that are both',
    /function words|possessive|both|particles|English in|say nothing English|^silent-en/,
  ],
  [
    'together, hyphenated, dotted, apart; letters, numbers, phrases, English',
    /joined|letters|numbers,|together and apart|apostrophes|phrases|three parts/,
  ],
  ['plurals, spellings, verbs, words of one stem, English', /-en$|^(forms of|words of their own)/],
  ['German', /german|-de$/i],
  ['French', /french|-fr$/i],
  ['Spanish', /spanish|-es$/i],
  ['Italian', /italian|-it$/i],
  ['Portuguese', /portuguese|-pt$/i],
  ['Dutch', /dutch|-nl$/i],
  ['Swedish', /swedish|-sv$/i],
  ['Japanese', /japanese|-ja$/i],
  ['Chinese', /chinese|-zh$/i],
  ['Thai', /thai|-th$/i],
];

const WORDS = join(import.meta.dirname, '..');

/** Rows of the table of kinds in docs/query-language.md: how many queries are kept as tests, by kind. @throws where a table is of no kind */
export function countKinds(): [kind: string, queries: number][] {
  const files = readdirSync(WORDS)
    .filter((name) => name.endsWith('.txt'))
    .map((file) => file.replace('.txt', ''))
    .map((name) => [name, readWordCases(name).queries.length] as const);
  const tables = TABLES.map(({ name, queries }) => [name, queries.length] as const);
  const names = NAMES.map(([, finds, not]) => listed(finds).length + listed(not).length);
  const counts = new Map(GROUPS.map(([kind]) => [kind, 0]));
  for (const [table, queries] of [
    ...files,
    ...tables,
    ['names', names.reduce((sum, n) => sum + n, 0)] as const,
  ]) {
    const kind = GROUPS.find(([, tablesOf]) => tablesOf.test(table))?.[0];
    if (kind === undefined) throw new Error(`${table} is of no kind`);
    counts.set(kind, counts.get(kind)! + queries);
  }
  return [...counts];
}

/** Lines of that table, between its head and the next empty line. */
export const linesOfKinds = (page: string): string[] =>
  page.slice(page.indexOf('| kind ')).split('\n\n')[0]!.split('\n').slice(2);

if (process.argv[1] === import.meta.filename) {
  const kinds = countKinds();
  for (const [kind, queries] of kinds) console.log(`| ${kind} | ${queries} |`);
  console.log(`| all | ${kinds.reduce((sum, [, queries]) => sum + queries, 0)} |`);
}
