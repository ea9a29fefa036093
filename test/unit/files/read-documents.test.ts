import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDocuments } from '../../../lib/files/read-documents.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gloss-documents-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function read(content: string | Uint8Array) {
  const path = join(dir, 'docs');
  await writeFile(path, content);
  return readDocuments(path);
}

test('lines of one id are one document, wherever they stand', async () => {
  const { documents, bad, doubtful } = await read(
    [
      '{"id":"a","texts":["one"]}',
      '{"id":"b","tags":["x"]}',
      '{"id":"a","texts":["two"],"captions":["c"]}',
    ].join('\n'),
  );
  expect(bad).toEqual([]);
  expect(documents).toEqual([
    { lines: [1, 3], document: { id: 'a', texts: ['one', 'two'], captions: ['c'] } },
    { lines: [2], document: { id: 'b', tags: ['x'] } },
  ]);
  expect(doubtful).toEqual([{ line: 3, reason: 'a is the id of line 1, too' }]);
});

test('gzip is told by the content, not by the name', async () => {
  const { documents } = await read(gzipSync('{"id":"a","texts":["é"]}\n'));
  expect(documents).toEqual([{ lines: [1], document: { id: 'a', texts: ['é'] } }]);
});

test('fields that mean nothing here, empty lines, CRLF and a byte order mark do no harm', async () => {
  const { documents, bad, doubtful } = await read(
    '\ufeff{"id":"a","texts":["x"],"score":3}\r\n\r\n  \n{"id":"b","texts":[""]}\r\n',
  );
  expect(bad).toEqual([]);
  expect(documents.map(({ document, lines }) => [document, lines])).toEqual([
    [{ id: 'a', texts: ['x'] }, [1]],
    [{ id: 'b', texts: [''] }, [4]],
  ]);
  expect(doubtful).toEqual([{ line: 1, reason: 'there is no field score' }]);
});

test('bad lines are named by number with what is wrong, and the others stand', async () => {
  const { documents, bad } = await read(
    [
      '{"id":"a","texts":["x"]}',
      '{"id":',
      '[1]',
      '{"id":7,"texts":["x"]}',
      '{"id":"c"}',
      '{"id":"d","texts":"x"}',
      '{"id":"","texts":["x"]}',
      'null',
    ].join('\n'),
  );
  expect(documents).toHaveLength(1);
  expect(bad.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8]);
  expect(bad.map(({ reason }) => reason)).toEqual([
    'is no JSON',
    'the document must be an object, not a list',
    'id must be a text, not 7',
    'the document needs texts, tags or captions',
    'texts must be a list of texts, not "x"',
    'id must not be empty',
    'the document must be an object, not null',
  ]);
});

test('a file cut short is an error and not a shorter file', async () => {
  const whole = gzipSync(`{"id":"a","texts":["x"]}\n${'{"id":"b","texts":["y"]}\n'.repeat(100)}`);
  await expect(read(whole.subarray(0, whole.length - 10))).rejects.toThrow(/cannot be read to its end/);
  await expect(readDocuments(join(dir, 'nowhere'))).rejects.toThrow(/nowhere is not there$/);
  await expect(readDocuments(dir)).rejects.toThrow(/ is a folder: name a file$/);
});
