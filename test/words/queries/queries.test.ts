import { askTables } from './ask-tables.ts';
import { TABLES } from './tables.ts';

askTables(TABLES);
