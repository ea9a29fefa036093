import { visibleText } from '../../domain/visible-text.ts';
import { SingleBar } from 'cli-progress';
import type { Progress } from '../../lab/progress.ts';

const LINE_EVERY_MS = 5_000;

/** A bar where somebody watches, else a line every few seconds. */
export function showProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY ? barProgress(stream) : lineProgress(stream);
}

const MOST_BAR_COLUMNS = 40;
const LEAST_BAR_COLUMNS = 4;
/** Of ` /  59m59s left`, and of the spaces around the bar. */
const OTHER_COLUMNS = 18;

/** As many as its line leaves: a line that is too long would be cut at its end, where the time left stands. */
function barColumns(columns: number, label: string, total: number): number {
  const free = columns - label.length - 2 * String(total).length - OTHER_COLUMNS;
  return Math.max(LEAST_BAR_COLUMNS, Math.min(MOST_BAR_COLUMNS, free));
}

function barProgress(stream: NodeJS.WriteStream): Progress {
  let bar: SingleBar | undefined;
  return {
    phase(label, total) {
      bar?.stop();
      bar = new SingleBar({
        stream,
        // Nobody knows how many an export has.
        format: total > 0 ? '{label} {bar} {value}/{total}  {eta_formatted} left' : '{label} {value}',
        barsize: barColumns(stream.columns, label, total),
        barCompleteChar: '█',
        barIncompleteChar: '░',
        clearOnComplete: true,
        // Nothing of the terminal is switched off, so that a process that is killed leaves nothing to switch on.
        hideCursor: false,
        linewrap: true,
        gracefulExit: false,
      });
      bar.start(total, 0, { label });
    },
    update: (done) => bar?.update(done),
    note(line) {
      stream.write(`\r\u001b[K${visibleText(line)}\n`); // over the bar, which draws itself again below
    },
    stop: () => bar?.stop(),
  };
}

function lineProgress(stream: { write(text: string): unknown }): Progress {
  let current = { label: '', total: 0, done: 0 };
  let printed = '';
  let printedAtMs = -Infinity;
  const print = () => {
    const of = current.total > 0 ? `/${current.total}` : ''; // nobody knows how many an export has
    const line = `${current.label} ${current.done}${of}`;
    if (line !== printed && current.label !== '') stream.write(`${line}\n`);
    printed = line;
    printedAtMs = performance.now();
  };
  return {
    phase(label, total) {
      if (current.label !== '') print();
      current = { label, total, done: 0 };
    },
    update(done) {
      current.done = done;
      if (performance.now() - printedAtMs > LINE_EVERY_MS) print();
    },
    note: (line) => stream.write(`${visibleText(line)}\n`),
    stop: print,
  };
}
