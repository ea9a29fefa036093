import { jsonrepair } from 'jsonrepair';

type Fields = Readonly<Record<string, unknown>>;

/** Longer texts are cut: no answer of a model is so long. */
const MAX_REPLY_CHARS = 100_000;
/** So often a reply is packed into something else: a tool's call, JSON in a text. */
const MOST_WRAPPERS = 4;
/** What tools' calls keep their input in. */
const INPUTS = ['arguments', 'input', 'parameters'];
const THOUGHTS = /<(think|thinking|reasoning)>[\s\S]*?(?:<\/\1>|$)/gi;

/**
 * The object that a model meant, of whatever it wrote: the input of a tool, or a text with JSON somewhere in it, between thoughts, prose and fences,
 * cut off or not quite JSON, twice encoded, or wrapped in the call of the tool. Undefined where there is none.
 * @param tool name of the tool that it was to call
 */
export function replyObject(reply: unknown, tool: string): Fields | undefined {
  let found = reply;
  for (let wrappers = 0; wrappers <= MOST_WRAPPERS; wrappers += 1) {
    if (typeof found === 'string') found = jsonIn(found);
    else if (!isFields(found)) return undefined;
    else {
      const inside = insideOf(found, tool);
      if (inside === undefined) return found;
      found = inside;
    }
  }
  return undefined;
}

/** What a call of the tool holds; undefined for an object that is none. */
function insideOf(call: Fields, tool: string): unknown {
  if (isWrapped(call[tool])) return call[tool];
  if (isFields(call['function'])) return call['function'];
  const isCall = call['name'] === tool || Object.keys(call).length === 1;
  return isCall ? INPUTS.map((key) => call[key]).find(isWrapped) : undefined;
}

/** The first object of a text, repaired where it is not quite JSON; undefined where none begins. */
function jsonIn(text: string): unknown {
  const said = text.slice(0, MAX_REPLY_CHARS).replaceAll(THOUGHTS, '');
  // Encoded once more than needed.
  if (/^\s*"/.test(said)) return parsed(said.trim());
  const start = said.indexOf('{');
  if (start < 0) return undefined;
  const end = endOfObject(said, start);
  return parsed(end === undefined ? withoutCutTag(said.slice(start)) : said.slice(start, end));
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
const isWrapped = (value: unknown): boolean => isFields(value) || typeof value === 'string';
