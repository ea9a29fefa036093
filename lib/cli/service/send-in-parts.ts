import { CommandError } from '../terminal/command-error.ts';
import { ApiProblem } from './client.ts';

/** Why the service did not take an item. */
export interface Refusal {
  readonly code: string;
  readonly reason: string;
}

/** What is told in a report; anything else is a fault of ours and ends the command. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof CommandError)) throw error;
  return { code: error.code, reason: error.message };
}

/**
 * Sends items in one request. When the service refuses the request, sends its halves, and so on: one bad item
 * does not take its neighbours with it.
 * @param send answers one value an item, in their order
 * @returns the same, or why the item was refused
 */
export async function sendInParts<Item, Answer>(
  items: readonly Item[],
  send: (items: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<(Answer | { readonly refusal: Refusal })[]> {
  try {
    return [...(await send(items))];
  } catch (error) {
    if (!(error instanceof ApiProblem) || (error.status !== 400 && error.status !== 413)) throw error;
    if (items.length === 1) return [{ refusal: { code: error.code, reason: error.message } }];
    const half = Math.ceil(items.length / 2);
    const first = await sendInParts(items.slice(0, half), send);
    return [...first, ...(await sendInParts(items.slice(half), send))];
  }
}

/** Does the work on all items, on `limit` of them at once. */
export async function forEachAtOnce<Item>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values(); // one iterator for all workers: each takes the next item that is left
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}
