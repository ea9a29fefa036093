import { showProgress } from '../cli/terminal/progress.ts';
import { print } from '../cli/terminal/print.ts';
import { measureReindex } from '../lab/lost-index.ts';

/** `node lib/tools/measure-reindex.ts 100000`: what it takes to make a lost index again, and whether it is the same. */
const progress = showProgress();
const figures = await measureReindex(Number(process.argv[2] ?? 5_000), progress);
progress.stop();
print(JSON.stringify(figures, undefined, 2));
process.exitCode = figures.otherScores + figures.differences === 0 ? 0 : 1;
