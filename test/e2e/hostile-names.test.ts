import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandRunner } from '../support/run-commands.ts';
import { kill, startNode, type NodeProcess, type Run } from '../support/start-node.ts';

/** Names and words that are to steer the terminal, the file system or a program that reads the output. */

const GLOSS = resolve(import.meta.dirname, '../../lib/cli/gloss.ts');
/** The environment without a service of the developer's own. */
const { GLOSS_ENDPOINT: _endpoint, GLOSS_KEY: _key, ...environment } = process.env;

/** By what they try. */
const NAMES: Readonly<Record<string, string>> = {
  bell: 'ring\u0007',
  colour: '\u001B[31mred\u001B[0m',
  title: '\u001B]0;owned\u0007',
  c1: '\u009B2J\u0085',
  newline: 'one\ngloss: two',
  'carriage return': 'first\rsecond',
  'bidi override': 'photo\u202Egpj.exe',
  'bidi isolate': '\u2066in\u2069 \u200Fside',
  'zero width': 'ze\u200Bro\u200D\uFEFF',
  'line separator': 'a\u2028b\u2029c',
  tags: 'x\u{E0041}\u{E0042}',
  quotes: `"'\`$(id)\\`,
  traversal: '../../etc/passwd',
  percent: '%FF%00%2e%2e',
  proto: '__proto__',
  constructor: 'constructor',
  formula: '=cmd()|calc',
  emoji: '🧀👩‍🚀',
  nfc: '\u00E9t\u00E9',
  nfd: 'e\u0301te\u0301',
  long: 'x'.repeat(3_000),
};
const all = Object.entries(NAMES);
/** Those that a command of their own is run for: all of them in `npm run test:hostile`. */
const one = all.filter(
  ([what]) =>
    process.env['GLOSS_HOSTILE'] !== undefined || ['colour', 'bidi override', 'quotes', 'nfd'].includes(what),
);
/** What Gloss refuses as the name of an image. */
const REFUSED = ['bell', 'colour', 'title', 'c1', 'newline', 'carriage return', 'traversal', 'long'];

let work: string;
let data: string;
let stack: NodeProcess;
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'gloss-hostile-'));
  data = join(work, 'data');
  stack = startNode([GLOSS, 'up', '--port', '0', '--data', data], environment);
  stack.stderr.resume();
  for await (const line of createInterface({ input: stack.stdout })) if (line.includes('Ctrl-C')) break;
});
afterAll(async () => {
  await commands.close();
  await kill(stack, 'SIGTERM');
  await rm(work, { recursive: true });
});

const commands = commandRunner(environment);
/** Runs a command, whose output must hold no character that does not show. */
async function gloss(...args: string[]): Promise<Run> {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const run = await commands.run([...args.slice(0, end), '--data', data, ...args.slice(end)]);
  const hidden = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
  for (const [of, text] of [
    ['stdout', run.stdout],
    ['stderr', run.stderr],
  ] as const)
    expect(hidden.exec(text), `${of} of gloss ${JSON.stringify(args)}: ${JSON.stringify(text)}`).toBeNull();
  return run;
}
/** The same, as one object on stdout. */
async function json<T = Record<string, unknown>>(...args: string[]): Promise<T> {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const { stdout, stderr } = await gloss(...args.slice(0, end), '--json', ...args.slice(end));
  expect(stdout, stderr).toMatch(/^\{/);
  return JSON.parse(stdout) as T;
}
interface Refusal {
  readonly error?: { readonly code: string; readonly message: string; readonly field?: string };
}
async function newKey(tenant: string): Promise<string> {
  await json('tenants', 'create', tenant);
  return (await json<{ key: string }>('keys', 'create', '--tenant', tenant)).key;
}

describe('hostile names', () => {
  let key: string;
  beforeAll(async () => {
    key = await newKey('acme');
  });

  it('of tenants are refused, by a message that names the field', async () => {
    for (const [what, name] of one) {
      if (name === 'constructor') continue; // is a name like any other
      const { error } = await json<Refusal>('tenants', 'create', '--', name);
      expect(error, what).toMatchObject({ field: 'tenant' });
    }
    expect(await json('tenants', 'create', 'constructor')).toMatchObject({ tenant: 'constructor' });
    for (const name of [NAMES['colour']!, NAMES['newline']!]) {
      for (const verb of ['show', 'suspend', 'change', 'strays']) await gloss('tenants', verb, name);
      expect((await gloss('key', name)).code).toBe(1);
    }
    expect((await gloss('tenants', 'list')).stdout).toContain('constructor');
  });

  it('of keys are shown as they are, or refused by a message that names the field', async () => {
    for (const [what, name] of one) {
      const made = await json<Refusal & { id: string }>('keys', 'create', '--key', key, '--name', name);
      if (made.error) expect(made.error, what).toMatchObject({ field: 'name' });
      else expect(made.id, what).toMatch(/^[0-9a-f]+$/);
    }
    const { keys } = await json<{ keys: { name: string }[] }>('keys', 'list', '--key', key);
    const names = keys.map(({ name }) => name);
    for (const [what, name] of one)
      if (['quotes', 'proto', 'constructor', 'formula', 'nfc', 'nfd'].includes(what))
        expect(names, what).toContain(name);
    expect((await gloss('keys', 'list', '--key', key)).stdout).toContain(NAMES['quotes']);
    for (const id of [NAMES['colour']!, NAMES['traversal']!, NAMES['percent']!])
      expect((await json<Refusal>('keys', 'revoke', id, '--key', key)).error).toBeDefined();
    expect(
      (await json<Refusal>('keys', 'create', '--scopes', NAMES['colour']!, '--key', key)).error,
    ).toBeDefined();
    expect((await gloss('keys', 'list', '--key', NAMES['colour']!)).code).toBe(1);
  });

  it('in addresses of webhooks are refused or written as URLs are', async () => {
    for (const [what, name] of one) {
      const { error } = await json<Refusal>('webhook', 'set', name, '--key', key);
      expect(error, what).toMatchObject({ field: 'url' });
      const set = await json<Refusal & { url?: string }>(
        'webhook',
        'set',
        `http://127.0.0.1:9/${name}`,
        '--key',
        key,
      );
      if (set.error) expect(set.error, what).toMatchObject({ field: 'url' });
    }
    await gloss('webhook', 'show', '--key', key);
    expect((await gloss('webhook', 'test', '--key', key)).code).toBe(2);
  });

  it('in queries find what they name', async () => {
    for (const [what, name] of one) {
      const answer = await json<Refusal & { hits?: unknown[] }>('search', '--key', key, '--', name);
      if (answer.error) expect(answer.error, what).toMatchObject({ field: 'q' });
      else expect(answer.hits, what).toEqual([]);
      await gloss('search', '--plain', '--key', key, '--', name);
    }
    for (const day of [NAMES['colour']!, NAMES['bidi override']!])
      expect((await json<Refusal>('usage', '--from', day, '--key', key)).error).toMatchObject({
        field: 'from',
      });
    expect((await gloss('usage', '--by', NAMES['colour']!)).code).not.toBe(0);
    expect((await gloss(`se\u001B[31march`)).code).not.toBe(0);
    expect((await gloss('search', 'x', '--limit', NAMES['colour']!)).code).not.toBe(0);
  });

  it('of documents come in, are found, go out and come in again as the same', async () => {
    const file = join(work, 'in.jsonl');
    const documents = all.map(([what, name]) => ({
      id: name,
      tags: [name.slice(0, 100), 'zebra'],
      captions: [`${what} ${name}`],
    }));
    await writeFile(file, documents.map((document) => `${JSON.stringify(document)}\n`).join(''));
    interface Report {
      readonly imported: number;
      readonly refused: readonly { readonly id: string; readonly reason: string }[];
      readonly badLines: readonly { readonly reason: string }[];
    }
    const report = await json<Report>('import', file, '--wait', '--key', key);
    const bySigns = REFUSED.filter((what) => what !== 'long').map((what) => NAMES[what]!);
    expect(report.refused.map(({ id }) => id).toSorted()).toEqual(bySigns.toSorted());
    for (const { reason } of report.refused) expect(reason).toMatch(/name must not/);
    expect(report.badLines).toMatchObject([{ reason: expect.stringMatching(/^id /) as string }]);
    expect(report.imported).toBe(all.length - REFUSED.length);
    await gloss('import', file, '--wait', '--key', key);

    const { hits } = await json<{ hits: { name: string }[] }>(
      'search',
      'zebra',
      '--limit',
      '100',
      '--key',
      key,
    );
    // Names are composed, as those of uploads, so that two of them are one.
    const taken = all.filter(([what]) => !REFUSED.includes(what));
    const wanted = [...new Set(taken.map(([, name]) => name.normalize('NFC')))];
    expect(hits.map(({ name }) => name).toSorted()).toEqual(wanted.toSorted());
    await gloss('search', 'zebra', '--limit', '100', '--explain', '--related', '--likely', '--key', key);

    const [first, second] = [join(work, 'first.jsonl'), join(work, 'second.jsonl')];
    expect(await json('export', first, '--key', key)).toMatchObject({ documents: wanted.length });
    const copy = await newKey('copy');
    expect(await json('import', first, '--wait', '--key', copy)).toMatchObject({ searchable: wanted.length });
    await gloss('export', second, '--key', copy);
    const sorted = async (path: string) => (await readFile(path, 'utf8')).split('\n').toSorted();
    expect(await sorted(second)).toEqual(await sorted(first));
    expect((await gloss('export', join(work, NAMES['colour']!, 'x'), '--key', key)).code).toBe(1);
    expect((await gloss('import', join(work, NAMES['newline']!), '--key', key)).code).toBe(1);
  });

  it('in files of documents that are wrong are told as they are', async () => {
    const file = join(work, 'bad.jsonl');
    const lines = all.flatMap(([, name]) => [
      name.replaceAll(/[\n\r]/g, ' '),
      JSON.stringify({ [name]: name, id: name }),
      JSON.stringify({ id: 7, texts: [name] }),
    ]);
    await writeFile(file, lines.join('\n'));
    expect((await gloss('import', file, '--key', key)).code).not.toBe(0);
    await json('import', file, '--key', key);
  });

  it('of files are uploaded or refused, and reasons of failures are shown as they are', async () => {
    const folder = join(work, 'photos');
    await mkdir(folder);
    const files = all.filter(([what]) => what !== 'traversal' && what !== 'long');
    for (const [, name] of files)
      await writeFile(
        join(folder, `${name.replaceAll('/', ' ')}.jpg`),
        Buffer.concat([Buffer.from('ffd8', 'hex'), Buffer.from(name)]),
      );
    interface Added {
      readonly images: readonly { name: string; status: string; failure?: { reason: string } }[];
    }
    const { images } = await json<Added>('add', folder, '--wait', '--key', key);
    expect(images).toHaveLength(files.length);
    const refused = files.filter(([what]) => REFUSED.includes(what)).map(([, name]) => `photos/${name}.jpg`);
    expect(
      images
        .filter(({ status }) => status === 'notSent')
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(refused.toSorted());
    for (const { failure } of images) expect(failure?.reason).toMatch(/\w+ \w+/);
    const { stdout, code } = await gloss('add', folder, '--wait', '--key', key);
    expect(stdout).toContain('\\u{202E}');
    expect(code).toBe(2);
    expect((await gloss('add', join(work, NAMES['colour']!), '--key', key)).code).toBe(1);
  });
});
