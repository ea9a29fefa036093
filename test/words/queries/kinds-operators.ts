import type { QueryTable } from './table.ts';

/** NOT as an operator wherever something is excluded and something else is asked for. */
export const OPERATORS: readonly QueryTable[] = [
  {
    name: 'exclusion that comes first',
    language: 'en',
    documents: {
      goat: 'A goat on a hill.',
      both: 'A goat and a sheep in a barn.',
      sheep: 'A sheep in the rain.',
      sign: 'A sign on a hill: DO NOT FEED.',
    },
    queries: [
      ['NOT goat sheep', 'sheep'],
      ['NOT goat AND sheep', 'sheep'],
      ['sheep AND NOT goat', 'sheep'],
      ['sheep NOT goat', 'sheep'],
      ['NOT goat hill', 'sign'],
      ['NOT (goat OR rain) hill', 'sign'],
      ['(NOT goat) sheep', 'sheep'],
      ['NOT "goat" sheep', 'sheep'],
      ['NOT the goat sheep', 'sheep'],
      ['hill OR barn NOT sheep', 'goat sign'],
      ['goat NOT sheep OR rain', 'goat'],
      ['NOT goat', 'refused: NOT goat'],
      ['NOT goat NOT sheep', 'refused: NOT goat NOT sheep'],
      ['sheep OR NOT goat', 'refused: NOT'],
      ['sheep OR -goat', 'refused: -'],
      ['NOT goat OR sheep', 'refused: NOT'],
      ['DO NOT FEED', 'sign'],
      ['not a goat', 'goat both'],
      ['NOT', 'sign'],
    ],
  },
];
