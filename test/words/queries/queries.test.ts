import { askTables } from './ask-tables.ts';
import { CASES } from './cases.ts';

askTables(CASES);
