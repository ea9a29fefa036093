import type { QueryTable } from './table.ts';

/** Everyday names of many things, and what belongs to them. */
export const CLASSES: readonly QueryTable[] = [
  {
    name: 'kinds of everyday things',
    language: 'en',
    documents: {
      shirt: 'A shirt on a line.',
      jacket: 'A jacket over a chair.',
      mitten: 'A mitten in the snow.',
      guitar: 'A guitar in a corner.',
      drums: 'Two drums.',
      flute: 'A flute in its case.',
      coffee: 'Coffee on a tray.',
      beer: 'A pint of beer.',
      cocoa: 'Cocoa with cream.',
      stone: 'A stone.',
    },
    queries: [
      ['clothing', 'shirt jacket mitten'],
      ['clothes', 'shirt jacket mitten'],
      ['+clothing', 'shirt jacket mitten'],
      ['"clothing"', ''],
      ['instrument', 'guitar drums flute'],
      ['drink', 'coffee beer cocoa'],
      ['beverage', 'coffee beer cocoa'],
      ['stone -clothing', 'stone'],
    ],
  },
];
