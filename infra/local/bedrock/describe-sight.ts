import type { Claims } from './claims.ts';
import type { CocoClass } from './coco-classes.ts';
import type { ColourShare } from './colours.ts';

/** The fields of Gloss's tool that the embedded model can fill. */
interface SeenWords {
  readonly tags: readonly string[];
  readonly caption: string;
  readonly visibleText: string;
}

/** Plurals that do not follow the rule of `plural`. */
const PLURALS: Partial<Record<string, string>> = {
  person: 'people',
  sheep: 'sheep',
  skis: 'skis',
  knife: 'knives',
  broccoli: 'broccoli',
  mouse: 'mice',
  scissors: 'scissors',
} satisfies Partial<Record<CocoClass, string>>;
/** Words for what is not counted. */
const UNCOUNTED = new Set([
  ...[
    'alcohol',
    'armor',
    'attire',
    'bread',
    'broccoli',
    'chain mail',
    'clothing',
    'coffee',
    'corn',
    'decoration',
    'equipment',
  ],
  ...[
    'espresso',
    'fabric',
    'feed',
    'food',
    'fruit',
    'furniture',
    'guacamole',
    'housing',
    'mashed potato',
    'padding',
    'produce',
  ],
  ...['seed', 'skis', 'soup', 'spaghetti squash', 'substance', 'velvet', 'wine', 'wool'],
]);
/** Names of pairs and of several: jeans and binoculars, but no bus, no glass and no mantis. */
const SEVERAL = /[^aius]s$/;

/**
 * Words for what was found, and no others. Tags name what is sure: each object once, the surest first, what the picture shows, then the colours. The caption
 * counts the objects and says last what is only perhaps there: "2 cats and a couch, mostly brown and white; perhaps a remote".
 */
export function describeSight(
  { objects, subject, guesses }: Claims,
  colours: readonly ColourShare[],
): SeenWords {
  const counts = new Map<string, number>();
  for (const { name } of objects) counts.set(name, (counts.get(name) ?? 0) + 1);
  const colourNames = colours.map(({ name }) => name);
  const [what, ...wider] = subject;
  const things = [...counts].map(([name, count]) =>
    // One dog that is a spaniel is one thing.
    what !== undefined && count === 1 && wider.includes(name) ? counted(what, 1) : counted(name, count),
  );
  if (what !== undefined && !things.includes(counted(what, 1)) && !counts.has(what))
    things.push(counted(what, 1));
  const palette = listed(colourNames);
  const sure = things.length === 0 ? palette : `${listed(things)}, mostly ${palette}`;
  const perhaps = listed(guesses.filter((name) => !subject.includes(name)).map((name) => counted(name, 1)));
  return {
    // "orange" is a fruit and a colour, and one tag.
    tags: [...new Set([...counts.keys(), ...subject, ...colourNames])],
    caption: perhaps === '' ? sure : `${sure}; perhaps ${perhaps}`,
    visibleText: '',
  };
}

function counted(name: string, count: number): string {
  if (count > 1) return `${count} ${plural(name)}`;
  if (UNCOUNTED.has(name) || SEVERAL.test(name)) return name;
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;
}

function plural(name: string): string {
  return PLURALS[name] ?? `${name}${/(s|x|ch|sh)$/.test(name) ? 'es' : 's'}`;
}

/** "a", "a and b", "a, b and c". */
function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`;
}
