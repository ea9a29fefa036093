import * as z from 'zod';
import { GlossError } from '../domain/errors.ts';
import { LATER_FORMAT, Unreadable } from '../domain/unreadable.ts';
import type { Item } from './dynamo-batch.ts';

/** What was found in the place of a JSON object: its fields that can be read, and what is wrong with the others. */
export interface ReadFields {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Undefined where everything can be read. */
  readonly problem: string | undefined;
}

/** Items of a later format say so in an attribute of this name, so that no earlier version misreads them. */
const FORMAT = 'format';

/**
 * An attribute of an item as an object of JSON whose fields have these forms. Fields that have no form here stay as they are:
 * a later version may have written them.
 */
export function readFields(
  item: Item,
  attribute: string,
  forms: Readonly<Record<string, z.ZodType>>,
): ReadFields {
  if (item[FORMAT] !== undefined) return { fields: {}, problem: LATER_FORMAT };
  const text = item[attribute]?.S;
  if (text === undefined) return { fields: {}, problem: `${attribute} is no text` };
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { fields: {}, problem: `${attribute} is no JSON object` };
  const fields = value as Record<string, unknown>;
  const wrong = Object.keys(forms).filter((name) => !forms[name]!.safeParse(fields[name]).success);
  const rest = Object.fromEntries(Object.entries(fields).filter(([name]) => !wrong.includes(name)));
  return { fields: rest, problem: wrong.length > 0 ? `${wrong.join(', ')} wrong or missing` : undefined };
}

/** An item that is to be written, if it can be read. @param read what its reader makes of it @throws GlossError `internal` */
export function readableAgain(item: Item, read: unknown): Item {
  if (!(read instanceof Unreadable)) return item;
  const { what, id, reason } = read;
  throw new GlossError('internal', 'item_not_written', `${what} ${id} could not be read again: ${reason}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const count = z.int().nonnegative();
export const amount = z.number().nonnegative();
export const sequencer = z.string().regex(/^[0-9A-F]{1,32}$/);
/** Of ImageFacts. */
export const pictureFacts = z.looseObject({
  format: z.string(),
  widthPx: count,
  heightPx: count,
  notes: z.array(z.string()).optional(),
});
