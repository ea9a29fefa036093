import { expect, test } from 'vitest';
import { NARROWING_HELP, narrowingStep, numberedWords } from '../../../../lib/cli/terminal/narrow-query.ts';

const WORDS = [
  { word: 'beach', term: 'beach', count: 12 },
  { word: 'red car', term: 'red_car', count: 3 },
];
const step = (line: string) => narrowingStep('dog', line, WORDS, 2);

test.each([
  ['1', 'dog +"beach"'],
  ['+2', 'dog +"red car"'],
  ['-1', 'dog -"beach"'],
  ['+sea', 'dog +sea'],
  ['-sea', 'dog -sea'],
  [' cat ', 'cat'],
  ['+"2"', 'dog +"2"'],
])('"%s" narrows "dog" to "%s"', (line, query) => {
  expect(step(line)).toEqual({ do: 'search', query });
});

test('lines that do something else, and those that cannot', () => {
  expect(['', 'quit', 'back', 'open 2'].map(step)).toEqual([
    { do: 'end' },
    { do: 'end' },
    { do: 'undo' },
    { do: 'open', hit: 1 },
  ]);
  expect(step('?')).toEqual({ do: 'explain', why: NARROWING_HELP });
  expect(step('3')).toEqual({ do: 'explain', why: 'there is no word 3' });
  expect(step('open 3')).toEqual({ do: 'explain', why: 'there is no hit 3' });
});

test('words are shown with their numbers and counts', () => {
  expect(numberedWords(WORDS)).toBe('1 beach (12)  2 red car (3)');
});
