import { readFile } from 'node:fs/promises';

/** What docs/reliability.md promises of a queue. */
export interface QueuePromise {
  readonly deliveries: number;
  /** From the first delivery until the message is a dead letter: where its worker fails, and where it is gone each time. */
  readonly failingSec: number;
  readonly goneSec: number;
}

/** The table of the section "Queues", by the names of queues. */
export async function readQueueTable(): Promise<ReadonlyMap<string, QueuePromise>> {
  const page = await readFile(new URL('../../docs/reliability.md', import.meta.url), 'utf8');
  const section = /^## Queues\n(.*?)^## /ms.exec(page)![1]!;
  const [head, , ...rows] = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const column = (title: string) => {
    const at = head!.indexOf(title);
    if (at < 0) throw new Error(`the table of queues has no column "${title}"`);
    return at;
  };
  const [queue, deliveries, failing, gone] = [
    'queue',
    'deliveries',
    'dead letter after failures',
    'dead letter after workers that are gone',
  ].map(column) as [number, number, number, number];
  return new Map(
    rows.flatMap((cells) => {
      const promise = {
        deliveries: Number(cells[deliveries]),
        failingSec: secondsIn(cells[failing]!),
        goneSec: secondsIn(cells[gone]!),
      };
      return cells[queue]!.split(', ').map((name) => [name, promise] as const);
    }),
  );
}

/** Of a cell such as `43,200 s`. */
function secondsIn(cell: string): number {
  const [, seconds] = /^([\d,]+) s$/.exec(cell) ?? [];
  if (seconds === undefined)
    throw new Error(`the table of queues says "${cell}" where it should say seconds`);
  return Number(seconds.replaceAll(',', ''));
}
