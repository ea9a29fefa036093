import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deleteImages } from '../../lib/cli/service/delete-images.ts';
import { eventually } from '../support/eventually.ts';
import { commandRunner } from '../support/run-commands.ts';
import { kill, runNode, startNode, type NodeProcess, type Run } from '../support/start-node.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const GLOSS = join(PROJECT, 'lib/cli/gloss.ts');
const SAMPLES = join(PROJECT, 'test/fixtures/samples');
const IMAGES = join(PROJECT, 'test/fixtures/images');
/** The environment without a service of the developer's own. */
const { GLOSS_ENDPOINT: _endpoint, GLOSS_KEY: _key, ...environment } = process.env;

let work: string;
let data: string;
let stack: NodeProcess;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'gloss-cli-'));
  data = join(work, 'data');
  stack = await startStack();
});

afterAll(async () => {
  await commands.close();
  await stopStack('SIGTERM');
  await rm(work, { recursive: true });
});

async function startStack(): Promise<NodeProcess> {
  const child = startNode([GLOSS, 'up', '--port', '0', '--data', data], environment);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`the stack ended early:\n${said}`);
  });
  ended.catch(() => undefined);
  await Promise.race([lineWith(lines, 'Ctrl-C ends it'), ended]);
  return child;
}

async function lineWith(lines: AsyncIterable<string>, words: string): Promise<void> {
  for await (const line of lines) if (line.includes(words)) return;
}

const stopStack = (signal: 'SIGTERM' | 'SIGKILL') => kill(stack, signal);

const commands = commandRunner(environment);
/** Runs a command to its end. */
const gloss = (...args: string[]): Promise<Run> => commands.run(args);
/** The same in a process of its own, as a shell does it. */
const glossAlone = (...args: string[]): Promise<Run> => runNode([GLOSS, ...args], environment);

interface Added {
  readonly images: readonly {
    name: string;
    status: string;
    failure?: { reason: string };
    widthPx?: number;
    notes?: { code: string; text: string }[];
  }[];
  readonly totals: Readonly<Record<string, unknown>>;
}
const parse = ({ stdout }: Run): unknown => JSON.parse(stdout);
const namesFound = (run: Run) => (parse(run) as { hits: { name: string }[] }).hits.map(({ name }) => name);

describe('pictures', () => {
  test('good and bad ones side by side: the good are found, the bad are named with a reason', async () => {
    const mixed = join(work, 'mixed');
    await mkdir(join(mixed, 'pets'), { recursive: true });
    await copyFile(join(SAMPLES, 'chelsea.jpg'), join(mixed, 'pets/chelsea.jpg'));
    await copyFile(join(SAMPLES, 'pikolo.jpg'), join(mixed, 'pikolo.jpg'));
    await copyFile(join(IMAGES, 'not-an-image.jpg'), join(mixed, 'not-an-image.jpg'));
    await copyFile(join(IMAGES, 'truncated.jpg'), join(mixed, 'truncated.jpg'));
    await copyFile(join(IMAGES, 'empty.jpg'), join(mixed, 'empty.jpg'));
    await copyFile(join(IMAGES, 'truncated.jpg'), join(mixed, 'huge.jpg'));
    await truncate(join(mixed, 'huge.jpg'), 100 * 1024 * 1024 + 1);

    const run = await glossAlone('add', mixed, '--wait', '--json', '--data', data);
    const { images, totals } = parse(run) as Added;
    expect(Object.fromEntries(images.map(({ name, status }) => [name, status]))).toEqual({
      'mixed/empty.jpg': 'notSent',
      'mixed/huge.jpg': 'notSent',
      'mixed/not-an-image.jpg': 'notSent',
      'mixed/pets/chelsea.jpg': 'searchable',
      'mixed/pikolo.jpg': 'searchable',
      'mixed/truncated.jpg': 'failed',
    });
    for (const { status, failure } of images) {
      if (status === 'searchable') expect(failure).toBeUndefined();
      else expect(failure?.reason).toMatch(/\w+ \w+/);
    }
    expect(totals).toMatchObject({ files: 6, sent: 3, searchable: 2, failed: 1, notSent: 3, pending: 0 });
    expect(run.code).toBe(2);

    expect(namesFound(await gloss('search', 'cat', '--json', '--data', data))).toEqual([
      'mixed/pets/chelsea.jpg',
    ]);
    expect(namesFound(await gloss('search', 'cup', '--json', '--data', data))).toContain('mixed/pikolo.jpg');
  });

  test('what is read in part is named with the reason, and a link to what is sent is told', async () => {
    const own = ['--data', data, '--key', await newKey('parts')];
    const folder = join(work, 'sym');
    await mkdir(join(folder, 'photos'), { recursive: true });
    await mkdir(join(folder, 'album'));
    const whole = await readFile(join(SAMPLES, 'chelsea.jpg'));
    await writeFile(join(folder, 'photos/cut.jpg'), whole.subarray(0, -2)); // without its end marker
    await copyFile(join(SAMPLES, 'pikolo.jpg'), join(folder, 'photos/whole.jpg'));
    await symlink('../photos/cut.jpg', join(folder, 'album/fav.jpg'));

    const run = await gloss('add', folder, '--wait', ...own);
    const lines = run.stdout.split('\n');
    expect(lines[0]).toMatch(/^3 files in [\d.]+ s: 2 sent, 1 skipped; 2 searchable$/);
    expect(lines.slice(1, 3)).toEqual([
      `  skipped: ${join(folder, 'album/fav.jpg')}: a link to sym/photos/cut.jpg`,
      '  read in part: sym/photos/cut.jpg: the file ends too early: the end of the picture is missing',
    ]);
    expect(run.code).toBe(0);

    const { images, totals } = parse(await gloss('add', folder, '--wait', '--json', ...own)) as Added;
    expect(Object.fromEntries(images.map(({ name, notes }) => [name, notes]))).toEqual({
      'sym/photos/cut.jpg': [
        { code: 'cut_off', text: 'the file ends too early: the end of the picture is missing' },
      ],
      'sym/photos/whole.jpg': undefined,
      'sym/album/fav.jpg': undefined,
    });
    expect(totals).toMatchObject({ files: 3, unchanged: 2, skipped: 1, passedOver: 0 });
  });

  test('a picture that takes the name of another is waited for again', async () => {
    const first = join(work, 'again.jpg');
    await copyFile(join(SAMPLES, 'chelsea.jpg'), first);
    expect((await gloss('add', first, '--wait', '--data', data)).code).toBe(0);
    await copyFile(join(IMAGES, 'truncated.jpg'), first);
    const run = await gloss('add', first, '--wait', '--on-existing', 'replace', '--data', data);
    expect(run.stdout).toMatch(/1 sent; 0 searchable, 1 failed\n {2}failed: again\.jpg: \w+/);
    expect(run.code).toBe(2);
    expect(namesFound(await gloss('search', 'cat', '--json', '--data', data))).not.toContain('again.jpg');
  });

  test('what is there is not sent again, and a name keeps its picture', async () => {
    const key = await newKey('albums');
    const own = ['--data', data, '--key', key];
    const [x, y] = ['x', 'y'].map((card) => join(work, card, 'album'));
    await mkdir(join(x!, '.hidden'), { recursive: true });
    await mkdir(y!, { recursive: true });
    await copyFile(join(SAMPLES, 'chelsea.jpg'), join(x!, 'IMG_1'));
    await copyFile(join(SAMPLES, 'pikolo.jpg'), join(y!, 'IMG_1'));
    await writeFile(join(x!, 'notes.txt'), 'words');

    const first = await gloss('add', x!, '--wait', ...own);
    expect(first.stdout).toMatch(/^1 file in [\d.]+ s: 1 sent; 1 searchable\n/);
    expect(first.stdout).toContain(`  passed over, hidden (1): ${join(x!, '.hidden')}\n`);
    expect(first.stdout).toContain(
      `  passed over, no picture by its content (1): ${join(x!, 'notes.txt')}\n`,
    );
    const both = await gloss('add', x!, y!, '--wait', ...own);
    expect(both.stdout).toMatch(/^2 files in [\d.]+ s: 1 sent, 1 there unchanged; 2 searchable\n/);
    expect(both.stdout).toContain(`${join(y!, 'IMG_1')} as album/IMG_1 (2)\n`);
    expect(both.code).toBe(0);
    const again = await gloss('add', y!, x!, '--json', ...own);
    expect((parse(again) as Added).totals).toMatchObject({ files: 2, sent: 0, unchanged: 2 });
    expect((parse(again) as Added).images).toMatchObject([
      { name: 'album/IMG_1 (2)', status: 'searchable', unchanged: true },
      { name: 'album/IMG_1', status: 'searchable', unchanged: true },
    ]);
    const skipped = await gloss('add', y!, '--on-existing', 'skip', '--json', ...own);
    expect((parse(skipped) as Added).images).toMatchObject([{ name: 'album/IMG_1', status: 'skipped' }]);
    expect(namesFound(await gloss('search', 'cat', '--json', ...own))).toEqual(['album/IMG_1']);
    expect(namesFound(await gloss('search', 'cup', '--json', ...own))).toEqual(['album/IMG_1 (2)']);
  });
});

async function newKey(tenant: string, ...limits: string[]): Promise<string> {
  const at = ['--data', data, '--json'];
  await gloss('tenants', 'create', tenant, ...limits, ...at);
  return (parse(await gloss('keys', 'create', '--tenant', tenant, ...at)) as { key: string }).key;
}

describe('a quota that is met on the way', () => {
  test('an import says what was imported, why it ended, and from which line to go on', async () => {
    const key = await newKey('small', '--max-images', '120');
    const file = join(work, 'many.jsonl');
    const lines = Array.from({ length: 150 }, (_, i) => `{"id":"d${i}","texts":["x"]}`);
    await writeFile(file, lines.join('\n'));
    const run = await gloss('import', file, '--data', data, '--key', key);
    expect(run.stdout).toContain('100 of 150 documents imported, 50 not sent\n');
    expect(run.stdout).toContain('stopped: 50 images are asked for and 20 would fit');
    expect(run.stdout).toContain('Import the file from line 101 on');
    expect(run.code).toBe(1);
  });

  test('an upload says so too, also as JSON', async () => {
    const key = await newKey('smaller', '--max-images', '1');
    const run = await gloss(
      'add',
      join(SAMPLES, 'chelsea.jpg'),
      join(SAMPLES, 'pikolo.jpg'),
      '--wait',
      '--json',
      '--data',
      data,
      '--key',
      key,
    );
    expect(parse(run)).toMatchObject({
      totals: { files: 2, notSent: 2 },
      stopped: {
        code: 'images_limit',
        reason: expect.stringContaining('2 images are asked for and 1 would fit') as string,
      },
    });
    expect(run.code).toBe(1);
  });
});

describe('images', () => {
  test('are listed by status, shown with their words, and deleted', async () => {
    const at = ['--data', data];
    await gloss('tenants', 'create', 'shelf', ...at);
    const { key } = parse(await gloss('keys', 'create', '--tenant', 'shelf', '--json', ...at)) as {
      key: string;
    };
    const own = [...at, '--key', key];
    await writeFile(
      join(work, 'tapir.jsonl'),
      '{"id":"tapir","tags":["tapir"],"captions":["a \u202etapir"]}',
    );
    await gloss('import', join(work, 'tapir.jsonl'), '--wait', ...own);
    await gloss('add', join(IMAGES, 'truncated.jpg'), '--wait', ...own);

    const { images } = parse(await gloss('list', '--json', ...own)) as {
      images: { id: string; name: string }[];
    };
    expect(images.map(({ name }) => name).sort()).toEqual(['tapir', 'truncated.jpg']);
    const [tapir, failed] = ['tapir', 'truncated.jpg'].map(
      (wanted) => images.find(({ name }) => name === wanted)!.id,
    );
    const listed = await gloss('list', '--status', 'failed', ...own);
    expect(listed.stdout).toMatch(
      new RegExp(`^${failed!}  failed      +[\\d.]+ KB  truncated\\.jpg\\n  .*\\w\\n1 image\\n$`),
    );
    const shown = await gloss('show', 'tapir', ...own);
    expect(shown.stdout).toContain(`${tapir!}  searchable  tapir\n`);
    expect(shown.stdout).toContain('view 1 (text): a \\u{202E}tapir\n');
    expect((await gloss('show', tapir!, '--json', ...own)).stdout).toContain('"name":"tapir"');

    const opened = await gloss('open', 'tapir', ...own);
    expect(opened.stderr).toMatch(/tapir has no picture to show \(searchable\)/);

    const deleted = await gloss('delete', 'tapir', 'x', ...own);
    expect(deleted.stdout).toBe('tapir deleted\nnot deleted: x is not there\n');
    expect(deleted.code).toBe(2);
    expect((await gloss('delete', tapir!, ...own)).stdout).toBe(`not deleted: ${tapir!} is not there\n`);
    expect(parse(await gloss('delete', failed!, '--json', ...own))).toEqual({
      images: [{ id: failed, name: 'truncated.jpg', deleted: true }],
    });
    expect((await gloss('list', ...own)).stdout).toBe('0 images\n');
  });

  test('that cannot be deleted are named, and a reason that holds for all is said once', async () => {
    const key = await newKey('guarded');
    const own = ['--data', data, '--key', key];
    const file = join(work, 'okapi.jsonl');
    await writeFile(file, '{"id":"okapi","texts":["an okapi"]}\n{"id":"quoll","texts":["a quoll"]}\n');
    expect((await gloss('import', file, '--wait', ...own)).code).toBe(0);

    const long = 'n'.repeat(2000);
    const some = await gloss('delete', long, 'okapi', ...own);
    expect(some.stdout).toMatch(new RegExp(`^not deleted: ${long}: \\w.*\nokapi deleted\n$`));
    expect(some.code).toBe(2);

    const at = ['--tenant', 'guarded', '--data', data, '--json'];
    const reading = await gloss('keys', 'create', '--scopes', 'search', ...at);
    const reader = ['--data', data, '--key', (parse(reading) as { key: string }).key];
    const refused = await gloss('delete', 'quoll', 'quoll', ...reader);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^gloss: this credential lacks the scope "\w+"\n$/);
    const half = await gloss('delete', 'x', 'quoll', 'quoll', ...reader);
    expect(half.stdout).toMatch(
      /^not deleted: x is not there\nstopped: this credential lacks .*\n2 images not deleted\. The first of them is quoll: .*\n$/,
    );
    expect(half.code).toBe(1);
    expect(parse(await gloss('delete', 'x', 'quoll', '--json', ...reader))).toMatchObject({
      images: [
        { id: 'x', deleted: false, failure: { code: 'image_not_found' } },
        { id: 'quoll', deleted: false, failure: { code: 'scope_missing' } },
      ],
      stopped: { code: 'scope_missing' },
    });
    expect((await gloss('list', ...own)).stdout).toContain('quoll');

    const nowhere = await gloss('delete', 'a', 'b', 'c', '--data', join(work, 'nothing'));
    expect(nowhere).toMatchObject({ code: 1, stdout: '' });
    expect(nowhere.stderr.match(/no stack runs/g)).toHaveLength(1);
  });

  test('two hundred are deleted by few requests, a name that cannot be one among them', async () => {
    const key = await newKey('crowd');
    const names = Array.from({ length: 200 }, (_, i) => `crowd/${i}`);
    const file = join(work, 'crowd.jsonl');
    await writeFile(file, names.map((id) => JSON.stringify({ id, texts: ['a numbat'] })).join('\n'));
    expect((await gloss('import', file, '--wait', '--data', data, '--key', key)).code).toBe(0);
    const { apiUrl } = JSON.parse(await readFile(join(data, 'stack.json'), 'utf8')) as { apiUrl: string };

    const own = ['--data', data, '--key', key];
    const edit = ['--add', 'Zoo', '--add', 'old tree', '--remove', 'numbat'];
    expect(parse(await gloss('tag', ...names, 'nobody', ...edit, '--json', ...own))).toMatchObject({
      images: [
        ...names.map((name) => ({ name, tagged: true })),
        { id: 'nobody', tagged: false, failure: { code: 'image_not_found' } },
      ],
    });
    await expect
      .poll(async () => (await gloss('search', 'zoo', '--json', ...own)).stdout)
      .toContain('"total":200');
    expect((await gloss('show', names[0]!, ...own)).stdout).toContain('keywords: Zoo, old tree');
    const wrong = await gloss('tag', names[0]!, names[1]!, '--add', '...', ...own);
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toMatch(/keywords\.add\[0\] needs a letter/);
    expect((await gloss('tag', names[0]!, ...own)).stderr).toContain('name a word');

    let requests = 0;
    const deleteCounted = async (...wanted: string[]) => {
      requests = 0;
      const { images } = await deleteImages(() => {
        requests += 1; // each asks where the service is
        return Promise.resolve({ endpoint: apiUrl, key });
      }, wanted);
      return images;
    };
    const [first, ...others] = names;
    const { images } = parse(await gloss('list', '--json', '--data', data, '--key', key)) as {
      images: { id: string; name: string }[];
    };
    const { id } = images.find(({ name }) => name === first)!;
    // Two parts of 100: names, ids of the first part, and a deletion of each.
    expect((await deleteCounted(id, ...others)).map(({ deleted }) => deleted)).toEqual(names.map(() => true));
    expect(requests).toBe(5);
    const none = await gloss('tag', ...others.slice(0, 3), '--add', 'x', '--data', data, '--key', key);
    expect(none).toMatchObject({ code: 2 });
    expect(none.stdout).toMatch(/^(not changed: crowd\/\d is not there\n){3}0 images changed/);
    expect((await gloss('list', '--data', data, '--key', key)).stdout).toBe('0 images\n');

    const long = 'n'.repeat(2000);
    const refused = await deleteCounted(...others.slice(0, 98), long);
    expect(refused.map(({ failure }) => failure!.code)).toEqual([
      ...others.slice(0, 98).map(() => 'image_not_found'),
      'field',
    ]);
    // The halves that hold the long name are refused: 99, 49, 24, 12, 6, 3, 1; their other halves are answered.
    expect(requests).toBeLessThan(20);
  });

  test('that are expected are listed where they are asked for, and are not there', async () => {
    const key = await newKey('expecting');
    const own = ['--data', data, '--key', key];
    const files = [{ name: 'trip/soon.jpg', bytes: 1_500_000, contentType: 'image/jpeg' }];
    const { apiUrl } = JSON.parse(await readFile(join(data, 'stack.json'), 'utf8')) as { apiUrl: string };
    await fetch(`${apiUrl}/v1/uploads`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ files }),
    });
    const listed = await gloss('list', '--status', 'expected', ...own);
    expect(listed.stdout).toMatch(/^[0-9a-f]{32}  expected    +1\.5 MB  trip\/soon\.jpg\n1 image\n$/);
    expect(parse(await gloss('list', '--status', 'expected', '--json', ...own))).toMatchObject({
      images: [{ name: 'trip/soon.jpg', status: 'expected', bytes: 1_500_000 }],
    });
    expect((await gloss('list', ...own)).stdout).toBe('0 images\n');
    for (const command of ['show', 'open', 'retry'])
      expect(await gloss(command, 'trip/soon.jpg', ...own)).toMatchObject({
        code: command === 'retry' ? 2 : 1,
        [command === 'retry' ? 'stdout' : 'stderr']: expect.stringContaining(
          'trip/soon.jpg is not there yet: it was invited to be uploaded, and nothing has arrived',
        ) as string,
      });
    expect(await gloss('delete', 'trip/soon.jpg', ...own)).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(
        /^not deleted: trip\/soon\.jpg is not there yet: .*\. Unless it comes, it is forgotten at \d{4}-\d\d-\d\d \d\d:\d[05]:00 UTC\n$/,
      ) as string,
    });
    expect((await gloss('why', 'trip/soon.jpg', ...own)).stdout).toMatch(
      /^trip\/soon\.jpg is expected: .*\n  room for 1\.5 MB is kept for it until .*\nNext:\n  send it: gloss add trip\/soon\.jpg\n$/,
    );
    expect((await gloss('list', '--status', 'none', ...own)).stderr).toContain('expected');
  });

  test('that failed are tried again, and a picture opens in the browser', async () => {
    const own = ['--data', data, '--key', await newKey('retrying')];
    await gloss('add', join(IMAGES, 'truncated.jpg'), join(SAMPLES, 'chelsea.jpg'), '--wait', ...own);
    expect((await gloss('retry', 'truncated.jpg', 'chelsea.jpg', ...own)).stdout).toBe(
      'chelsea.jpg: only what failed, or lost its words or its thumbnail, is tried again; the image is searchable\n1 image will be described again\n',
    );
    expect((await gloss('why', 'chelsea.jpg', ...own)).stdout).toMatch(
      /^chelsea\.jpg is searchable: searches find its words\n  picture of 20\.0 KB came .*\n  words of embedded-.*\n  in the index: segment \S+, document \d+\nNothing is to be done\.\n$/,
    );
    expect(parse(await gloss('why', 'nobody.jpg', '--json', ...own))).toMatchObject({ is: 'unknown' });
    expect((await gloss('retry', ...own)).stderr).toContain('name the images to try again, or pass --all');
    // The first retry fails as well.
    await eventually(async () => {
      expect((await gloss('list', '--status', 'failed', ...own)).stdout).toContain('truncated.jpg');
    });
    const all = await gloss('retry', '--all', '--json', ...own);
    expect(parse(all)).toEqual({
      images: [{ name: 'truncated.jpg', id: expect.stringMatching(/^[0-9a-f]{32}$/) as string }],
    });

    const [browser, address] = [join(work, 'browser'), join(work, 'opened')];
    await writeFile(
      browser,
      `#!/bin/sh\nprintf %s "$1" > ${address}.part && mv ${address}.part ${address}\n`,
      {
        mode: 0o755,
      },
    );
    await runNode([GLOSS, 'open', 'chelsea.jpg', ...own], { ...environment, BROWSER: browser });
    const url = await eventually(() => readFile(address, 'utf8'));
    const picture = await fetch(url);
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(await readFile(join(SAMPLES, 'chelsea.jpg')));
  });
});

test('the version is that of the package', async () => {
  const { version } = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(await glossAlone('--version')).toMatchObject({ code: 0, stdout: `${version}\n` });
});

describe('documents', () => {
  test('a file with a repeated id or an unknown field is refused by line before anything is sent', async () => {
    const file = join(work, 'doubtful.jsonl');
    await writeFile(
      file,
      [
        '{"id":"okapi/1","texts":["an okapi"]}',
        '{"id":"okapi/2","texts":["an okapi"],"source":"x"}',
        '{"id":"okapi/1","texts":["another okapi"]}',
      ].join('\n'),
    );
    const run = await gloss('import', file, '--wait', '--data', data);
    expect(run.stderr).toContain('nothing was sent');
    expect(run.stderr).toContain(
      '  line 2: there is no field source\n  line 3: okapi/1 is the id of line 1, too',
    );
    expect(run.code).toBe(1);
    expect(namesFound(await gloss('search', 'okapi', '--json', '--data', data))).toEqual([]);
  });

  test('words come from the standard input and go to the standard output', async () => {
    const own = ['--data', data, '--key', await newKey('piping')];
    const quokka = '{"id":"quokka","texts":["a quokka"]}\n';
    for (const [i, input] of [Buffer.from(quokka), gzipSync(quokka)].entries()) {
      const importing = startNode([GLOSS, 'import', '-', '--wait', ...own], environment, 'pipe');
      importing.stdin!.end(input);
      let said = '';
      importing.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
      importing.stderr.resume();
      await once(importing, 'close');
      expect(said, String(i)).toBe('1 of 1 document imported, 1 searchable\n');
    }
    const exported = await gloss('export', '-', ...own);
    expect(
      exported.stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: string }).id),
    ).toEqual(['quokka']);
    expect(exported.stderr).toContain('1 document written\n');
  });

  test('an export is gzipped where its name says so, and is taken again', async () => {
    const own = ['--data', data, '--key', await newKey('zipping')];
    const plain = join(work, 'numbats.jsonl');
    await writeFile(plain, '{"id":"numbat","texts":["a numbat"]}\n');
    expect((await gloss('import', plain, '--wait', ...own)).code).toBe(0);
    const file = join(work, 'numbats.jsonl.gz');
    expect((await gloss('export', file, ...own)).stdout).toBe(`1 document written to ${file}\n`);
    expect(JSON.parse(gunzipSync(await readFile(file)).toString())).toMatchObject({ id: 'numbat' });
    expect((await gloss('import', file, '--wait', ...own)).stdout).toContain('1 of 1 document imported');
  });

  test('an import takes the place of no picture unless that is asked for', async () => {
    const own = ['--data', data, '--key', await newKey('keeping')];
    expect((await gloss('add', join(SAMPLES, 'chelsea.jpg'), '--wait', ...own)).code).toBe(0);
    const file = join(work, 'kept.jsonl');
    await gloss('export', file, ...own);
    const refused = await gloss('import', file, ...own);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('nothing was sent: 1 document of ');
    expect(refused.stderr).toContain('--over-pictures');
    const shown = async () =>
      JSON.parse((await gloss('show', 'chelsea.jpg', '--json', ...own)).stdout) as { thumbnailUrl?: string };
    expect(await shown()).toHaveProperty('thumbnailUrl');
    expect((await gloss('import', file, '--over-pictures', '--wait', ...own)).code).toBe(0);
    expect(await shown()).not.toHaveProperty('thumbnailUrl');
  });

  test('lines that are wrong in the same way are told together', async () => {
    const file = join(work, 'binary.jsonl');
    await writeFile(file, `{"id":7}\n${'\u0000\n'.repeat(40)}`);
    const { stderr } = await gloss('import', file, '--data', data);
    expect(stderr).toMatch(/ {2}line 1: id must be a text.*\n {2}lines 2 to 41: is no JSON\n/u);
  });

  test('all that is wrong with a file is told at once', async () => {
    const file = join(work, 'wrong.jsonl');
    await writeFile(file, '{"id":7,"texts":"x"}\nno json\n{"id":"a"}\n');
    const run = await gloss('import', file, '--data', data);
    expect(run.stderr).toContain(
      'holds no documents: write JSON lines {"id", "texts"}\n' +
        '  line 1: id must be a text, not 7; texts must be a list of texts, not "x"\n' +
        '  line 2: is no JSON\n' +
        '  line 3: the document needs texts, tags or captions\n',
    );
    expect(run.code).toBe(1);
  });

  test('bad lines are named and do not stop the others', async () => {
    const file = join(work, 'docs.jsonl.gz');
    await writeFile(
      file,
      gzipSync(
        [
          '{"id":"zebra/1","texts":["a zebra on the grass", "stripes"]}',
          'no json',
          '{"id":"zebra/2","tags":["zebra"],"captions":["two zebras"],"file":{"takenAt":"2024-05-17T10:20:30"}}',
          '{"id":"","texts":["x"]}',
          '{"id":"../zebra","texts":["a zebra that is refused"]}',
        ].join('\n'),
      ),
    );
    const run = await gloss('import', file, '--wait', '--data', data);
    expect(run.stdout).toMatch(/^2 of 3 documents imported, 2 searchable\n/);
    expect(run.stdout).toContain('skipped: line 2: is no JSON');
    expect(run.stdout).toContain('skipped: line 4: id must not be empty');
    expect(run.stdout).toMatch(/refused: \.\.\/zebra \(line 5\): \w+/);
    expect(run.code).toBe(2);
    expect(namesFound(await gloss('search', 'zebra', '--json', '--data', data)).sort()).toEqual([
      'zebra/1',
      'zebra/2',
    ]);
    expect(namesFound(await gloss('search', '+zebra', 'stripes', '--json', '--data', data))[0]).toBe(
      'zebra/1',
    );
    expect(namesFound(await gloss('search', 'zebra', '-stripes', '--json', '--data', data))).toEqual([
      'zebra/2',
    ]);
  });

  test('hits are shown by date on demand', async () => {
    const table = await gloss('search', 'zebra', '--sort', 'newest', '--data', data);
    expect(table.stdout).toMatch(
      /^# +date +score.*\n1 +2024-05-17 10:20:30 .*zebra\/2.*\n2 +\d\.\d+ .*zebra\/1/,
    );
    expect(table.code).toBe(0);
    const refused = await gloss('search', 'zebra', '--sort', 'date', '--data', data);
    expect(refused.stderr).toContain('Allowed choices are best, newest, oldest');
    expect(refused.code).toBe(1);
  });

  test('an explanation adds up to the score', async () => {
    const run = await gloss('search', 'zebra', 'grass', '--explain', '--json', '--data', data);
    const { hits } = parse(run) as { hits: { score: number; explanation: { terms: { score: number }[] } }[] };
    for (const { score, explanation } of hits) {
      expect(explanation.terms.reduce((sum, term) => sum + term.score, 0)).toBeCloseTo(score, 6);
    }
    const table = await gloss('search', 'zebra', 'grass', '--explain', '--data', data);
    expect(table.stdout).toContain(`= ${hits[0]!.score.toFixed(3)}`);
  });
});

describe('what can go wrong', () => {
  test('nothing found says so and is no error', async () => {
    expect(await glossAlone('search', 'qwxyz', '--data', data)).toMatchObject({
      code: 0,
      stdout: 'nothing found\n',
    });
  });

  test('wrong arguments are told as all else is, with where to read on', async () => {
    const wrong = await glossAlone('list', '--status', 'done', '--json');
    expect(wrong.stderr).toMatch(/^gloss: option '--status <status>' .*\n"gloss list --help" says more\n$/);
    expect(parse(wrong)).toMatchObject({
      error: { code: 'usage', message: expect.stringMatching(/^option /) as string },
    });
    expect((await gloss('keys', 'create', 'x')).stderr).toContain('"gloss keys create --help" says more');
    expect((await gloss('search', ' ', '--data', data)).stderr).toBe('gloss: type a word to search for\n');
    expect((await gloss('show', '', '--data', data)).stderr).toBe(
      'gloss: name an image: this name is empty\n',
    );
  });

  test('an error in a query shows its place', async () => {
    const run = await glossAlone('search', 'cat *red', '--data', data);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/^gloss: .*2 letters before it.*\n {2}cat \*red\n {6}\^+\n$/);
  });

  test('also where a query is narrowed', async () => {
    const child = startNode([GLOSS, 'search', '-i', 'cat', '--data', data], environment, 'pipe');
    child.stdin!.end('+*red\n\n');
    child.stdout.resume();
    let said = '';
    for await (const piece of child.stderr) said += String(piece);
    expect(said).toMatch(/\n {2}cat \+\*red\n {7}\^+\n/);
  });

  test('with --json an error is an object, too', async () => {
    const run = await gloss('search', 'cat *red', '--json', '--data', data);
    expect(parse(run)).toMatchObject({ error: { code: 'query_syntax', field: 'q', at: 4, length: 4 } });
  });

  test('an option that does not exist is no word of the query', async () => {
    const run = await gloss('search', 'cat', '--limt', '5', '--data', data);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toContain('--limt');
  });

  test('without a stack it says what to do', async () => {
    const run = await glossAlone('add', SAMPLES, '--data', join(work, 'nothing'));
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/--endpoint and --key, or set GLOSS_ENDPOINT and GLOSS_KEY.*npm start/);
  });

  test('a wrong key is told at once', async () => {
    const run = await gloss('add', SAMPLES, '--key', `gls_${'x'.repeat(32)}`, '--data', data);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/key is unknown/);
  });
});

describe('keys', () => {
  test('each tenant sees its own pictures alone', async () => {
    const { stdout } = await gloss('key', 'other', '--data', data);
    const key = stdout.trim();
    expect(key).toMatch(/^gls_[\w-]{32}$/);
    expect(namesFound(await gloss('search', 'zebra', '--json', '--data', data))).not.toEqual([]);
    expect(namesFound(await gloss('search', 'zebra', '--json', '--key', key, '--data', data))).toEqual([]);
  });

  test('the key that is kept is for its owner alone, and a bad name makes none', async () => {
    expect((await stat(join(data, 'key'))).mode & 0o777).toBe(0o600);
    const run = await gloss('key', 'Other Tenant', '--data', data);
    expect(run).toMatchObject({ code: 1, stdout: '' });
  });
});

describe('a stack that goes', () => {
  test('killed in the middle of add and started again: every picture becomes searchable', async () => {
    const { apiUrl: before } = JSON.parse(await readFile(join(data, 'stack.json'), 'utf8')) as {
      apiUrl: string;
    };
    const few = join(work, 'again/samples');
    await mkdir(few, { recursive: true });
    for (const name of ['chelsea.jpg', 'friends.jpg', 'garden.jpg', 'pikolo.jpg', 'windy-day.jpg'])
      await copyFile(join(SAMPLES, name), join(few, name));
    const adding = glossAlone('add', few, '--wait', '--json', '--data', data);
    await somethingArrived(before);
    await stopStack('SIGKILL');
    stack = await startStack();
    const run = await adding;
    const { images, totals } = parse(run) as Added;
    expect(images.filter(({ status }) => status !== 'searchable')).toEqual([]);
    expect(totals['searchable']).toBe(totals['files']);
    expect(run.code).toBe(0);
    const found = namesFound(await gloss('search', 'cat', '--json', '--data', data));
    expect(found.filter((name) => name === 'samples/chelsea.jpg')).toHaveLength(1);
  });

  test('closes cleanly, and then no stack runs', async () => {
    expect(await stopStack('SIGTERM')).toBe(0);
    expect((await gloss('search', 'cat', '--data', data)).stderr).toMatch(/no stack runs/);
  });

  /** Until the API knows of a sample photo. */
  async function somethingArrived(apiUrl: string): Promise<void> {
    const key = (await readFile(join(data, 'key'), 'utf8')).trim();
    for (;;) {
      const response = await fetch(`${apiUrl}/v1/images?limit=100`, {
        headers: { authorization: `Bearer ${key}` },
      });
      const { images } = (await response.json()) as { images: { name: string }[] };
      if (images.some(({ name }) => name === 'samples/chelsea.jpg')) return;
      await new Promise((wait) => setTimeout(wait, 50));
    }
  }
});
