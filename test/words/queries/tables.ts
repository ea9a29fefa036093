import { CASES } from './cases.ts';
import { EUROPEAN } from './kinds-european.ts';
import { UNSPACED } from './kinds-unspaced.ts';
import { CLASSES } from './kinds-classes.ts';
import { OPERATORS } from './kinds-operators.ts';
import { SILENT } from './kinds-silent.ts';
import { WILDCARDS } from './kinds-wildcards.ts';
import { WRITTEN } from './kinds-written.ts';
import { KINDS } from './kinds.ts';
import type { QueryTable } from './table.ts';

/** All tables of queries of this folder but those of names, which `names.ts` has. */
export const TABLES: readonly QueryTable[] = [
  ...CASES,
  ...KINDS,
  ...UNSPACED,
  ...EUROPEAN,
  ...SILENT,
  ...WILDCARDS,
  ...OPERATORS,
  ...WRITTEN,
  ...CLASSES,
];
