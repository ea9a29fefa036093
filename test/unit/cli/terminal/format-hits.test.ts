import { expect, test } from 'vitest';
import type { Hit, HitView, SearchAnswer } from '../../../../lib/api/search/schema.ts';
import { formatHits as format } from '../../../../lib/cli/terminal/format-hits.ts';

const formatHits = (answer: Partial<SearchAnswer>) =>
  format({ total: 0, totalIs: 'exact', hits: [], ...answer });
const view = (part: Pick<HitView, 'index' | 'kind' | 'box' | 'words'>): HitView => ({
  tags: [],
  caption: '',
  visibleText: '',
  highlights: [],
  ...part,
});

const cat: Hit = {
  id: 'a'.repeat(32),
  name: 'chelsea.jpg',
  score: 2.5,
  views: [
    view({
      index: 2,
      kind: 'crop',
      box: { left: 10, top: 20, width: 300, height: 200 },
      words: ['cat', 'grey'],
    }),
    view({ index: 0, kind: 'whole', box: { left: 0, top: 0, width: 600, height: 400 }, words: ['cat'] }),
  ],
};
const park: Hit = {
  id: 'b'.repeat(32),
  name: '写真/park.jpg',
  score: 0.0625,
  views: [view({ index: 0, kind: 'whole', box: { left: 0, top: 0, width: 9, height: 9 }, words: ['cats'] })],
};

test('a table by date says the dates', () => {
  const hits = [{ ...cat, date: '2024-05-17T10:20:30' }, { ...park, date: '2024-05-18' }, park];
  const lines = format({ total: 3, totalIs: 'exact', hits }, { areDated: true }).split('\n');
  expect(lines.slice(0, 4).map((line) => line.slice(0, 30))).toEqual([
    '#  date                 score ',
    '1  2024-05-17 10:20:30  2.500 ',
    '2  2024-05-18           0.063 ',
    '3                       0.063 ',
  ]);
});

test('a table with the best view of each hit', () => {
  expect(formatHits({ total: 2, hits: [cat, park] })).toBe(
    [
      '#  score  name           best view              words',
      '1  2.500  chelsea.jpg    crop 300x200 at 10,20  cat grey',
      '2  0.063  写真/park.jpg  whole                  cats',
      '2 images',
    ].join('\n'),
  );
});

test('says how many more there are', () => {
  expect(
    formatHits({ total: 12, hits: [cat] })
      .split('\n')
      .at(-1),
  ).toBe('1 of 12 images; --all shows every one');
  expect(
    formatHits({ total: 1, hits: [cat] })
      .split('\n')
      .at(-1),
  ).toBe('1 image');
});

test('the explanation names each term and the score that they add up to', () => {
  const explanation = {
    terms: [
      { term: 'cat', score: 2, idf: 2.1, docFreq: 1, termFreq: 3, weight: 1 },
      {
        term: '=gray',
        score: 0.5,
        together: 0.2,
        idf: 0.7,
        docFreq: 8,
        termFreq: 1,
        weight: 0.3,
        via: 'grey',
      },
    ],
    docLen: 20,
    avgDocLen: 18.26,
    docCount: 16,
    k1: 1.2,
    b: 0.75,
  };
  expect(
    formatHits({ total: 1, hits: [{ ...cat, explanation }] })
      .split('\n')
      .slice(2, 5),
  ).toEqual([
    '     2.000  cat: idf 2.100 (in 1 of 16), 3 times here',
    '     0.500  =gray: idf 0.700 (in 8 of 16), 1 times here, weight 0.3, via "grey", 0.200 of it for one view',
    '   = 2.500  20 terms here, 18.3 on average; k1 1.2, b 0.75',
  ]);
});

test('nothing found says so', () => {
  expect(formatHits({ total: 0, hits: [] })).toBe('nothing found');
});

test('likely pictures stand under their own heading, after all hits; then words to narrow by', () => {
  const related = { words: [{ word: 'sofa', term: 'sofa', count: 3 }], candidates: 8 };
  expect(
    formatHits({ total: 1, hits: [cat], likely: [park], related })
      .split('\n')
      .slice(2),
  ).toEqual([
    '1 image',
    'likely, without the words',
    '#  score  name           best view  words',
    '1  0.063  写真/park.jpg  whole      cats',
    'related words, with their number among the best 8: sofa 3',
  ]);
});

test('a misspelt word is told', () => {
  const didYouMean = [{ at: 0, text: 'umbrela', words: [{ word: 'umbrella', count: 5 }] }];
  expect(formatHits({ total: 0, hits: [], didYouMean })).toBe(
    'nothing found\ninstead of "umbrela": did you mean umbrella?',
  );
});

test('a table is no wider than the terminal: names give way, and then words', () => {
  const long = { ...cat, name: `holiday/${'x'.repeat(80)}.jpg` };
  const lines = format({ total: 2, totalIs: 'exact', hits: [long, park] }, { columns: 70 }).split('\n');
  expect(lines[1]).toMatch(/^1 {2}2\.500 {2}holiday\/x+….*\.jpg {2}crop 300x200 at 10,20 {2}cat grey$/);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(70);
});
