import { askTables } from './ask-tables.ts';
import { CASES } from './cases.ts';
import { KINDS } from './kinds.ts';

askTables([...CASES, ...KINDS]);
