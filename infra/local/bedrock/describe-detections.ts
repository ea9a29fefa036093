import type { CocoClass } from './coco-classes.ts';
import type { ColourShare } from './colours.ts';
import type { Detection } from './nanodet-decode.ts';

/** The fields of Gloss's tool that a detector can fill. */
interface DetectedWords {
  readonly tags: readonly string[];
  readonly caption: string;
  readonly visibleText: string;
}

/** Plurals that do not follow the rule of `plural`. */
const PLURALS: Partial<Record<CocoClass, string>> = {
  person: 'people',
  sheep: 'sheep',
  skis: 'skis',
  knife: 'knives',
  broccoli: 'broccoli',
  mouse: 'mice',
  scissors: 'scissors',
};
const WITHOUT_ARTICLE: ReadonlySet<CocoClass> = new Set(['skis', 'broccoli', 'scissors']);

/**
 * Words for what was found, and no others: each class once, the surest first, then the colours; the caption counts
 * the objects, such as "2 cats and a couch, mostly brown and white". `detections` are the surest first.
 */
export function describeDetections(
  detections: readonly Detection[],
  colours: readonly ColourShare[],
): DetectedWords {
  const counts = new Map<CocoClass, number>();
  for (const { name } of detections) counts.set(name, (counts.get(name) ?? 0) + 1);
  const colourNames = colours.map(({ name }) => name);
  const objects = listed([...counts].map(([name, count]) => counted(name, count)));
  const palette = listed(colourNames);
  return {
    // "orange" is a fruit and a colour, and one tag.
    tags: [...new Set<string>([...counts.keys(), ...colourNames])],
    caption: objects === '' ? palette : `${objects}, mostly ${palette}`,
    visibleText: '',
  };
}

function counted(name: CocoClass, count: number): string {
  if (count > 1) return `${count} ${plural(name)}`;
  if (WITHOUT_ARTICLE.has(name)) return name;
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}

function plural(name: CocoClass): string {
  return PLURALS[name] ?? `${name}${/(s|x|ch|sh)$/.test(name) ? 'es' : 's'}`;
}

/** "a", "a and b", "a, b and c". */
function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`;
}
