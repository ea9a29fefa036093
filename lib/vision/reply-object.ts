import { jsonrepair } from 'jsonrepair';

export type Fields = Readonly<Record<string, unknown>>;

/** Longer texts lose their beginning, which is thought: no answer of a model is so long. */
const MAX_REPLY_CHARS = 30_000;
/** So often a reply is packed into something else: a tool's call, a list, JSON in a text. */
const MOST_WRAPPERS = 6;
/** Objects of a text that are looked at, from its end. */
const MOST_OBJECTS = 20;
/** What calls of tools keep their input in, and answers what they answer. */
const INSIDES = [
  'arguments',
  'input',
  'parameters',
  'tool_input',
  'function',
  'tool_calls',
  'properties',
  'result',
  'response',
  'output',
  'image',
];

/**
 * The object that a model meant, of whatever it wrote: the input of a tool, or a text with JSON somewhere in it, between thoughts, prose and fences,
 * cut off or not quite JSON, twice encoded, or wrapped in the call of the tool. Of several the last that has words: drafts and examples come before.
 * @param tool name of the tool that it was to call
 * @param hasWords whether an object is one that was asked for
 */
export function replyObject(
  reply: unknown,
  tool: string,
  hasWords: (fields: Fields) => boolean,
  wrappers = 0,
): Fields | undefined {
  if (wrappers > MOST_WRAPPERS) return undefined;
  const inside = (value: unknown) => replyObject(value, tool, hasWords, wrappers + 1);
  const lastOf = (values: readonly unknown[]) => {
    for (const value of values.toReversed()) {
      const found = inside(value);
      if (found) return found;
    }
    return undefined;
  };
  if (typeof reply === 'string') return lastOf(objectsIn(reply));
  if (Array.isArray(reply)) return lastOf(reply.slice(-MOST_OBJECTS));
  if (!isFields(reply)) return undefined;
  if (hasWords(reply)) return reply;
  return lastOf([...INSIDES.map((key) => reply[key]).reverse(), reply[tool]].filter(isWrapped));
}

/** The objects of a text in their order, repaired where they are not quite JSON. */
function objectsIn(text: string): unknown[] {
  const said = text.slice(-MAX_REPLY_CHARS).trim();
  // Encoded once more than needed.
  const whole = /^"[\s\S]*"$/.test(said) ? parsed(said) : undefined;
  if (whole !== undefined) return [whole];
  const objects: unknown[] = [];
  for (let start = said.indexOf('{'); start >= 0 && objects.length < MOST_OBJECTS;) {
    const end = endOfObject(said, start);
    const json = end === undefined ? withoutCutTag(said.slice(start)) : said.slice(start, end);
    // Braces of prose are none of JSON.
    const object = /^\{\s*["'\w]/.test(json) ? parsed(json) : undefined;
    if (object !== undefined) objects.push(object);
    // What is cut off may be prose that has another object behind it.
    start = said.indexOf('{', object === undefined || end === undefined ? start + 1 : end);
  }
  return objects;
}

/** Without the last word of a list that is cut off in it: half a word is another word. */
const withoutCutTag = (json: string): string =>
  json.lastIndexOf('[') > json.lastIndexOf(']') ? json.replace(/,\s*"[^"]*$/, '') : json;

/** Behind the bracket that closes the one at `start`; undefined where the text is cut off. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  let isQuoted = false;
  for (let at = start; at < text.length; at += 1) {
    const letter = text[at];
    if (isQuoted && letter === '\\') at += 1;
    else if (letter === '"') isQuoted = !isQuoted;
    else if (!isQuoted && letter === '{') depth += 1;
    else if (!isQuoted && letter === '}' && (depth -= 1) === 0) return at + 1;
  }
  return undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    try {
      return JSON.parse(jsonrepair(json)) as unknown;
    } catch {
      return undefined;
    }
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isWrapped = (value: unknown): boolean =>
  (typeof value === 'object' && value !== null) || typeof value === 'string';
