import type { Synset } from './read-wordnet.ts';

export function isKindOf(synsets: ReadonlyMap<string, Synset>, kind: string, of: string): boolean {
  return kind === of || synsets.get(kind)!.wider.some((wider) => isKindOf(synsets, wider, of));
}

/** Counts the meanings below a meaning. */
export function countKinds(
  synsets: ReadonlyMap<string, Synset>,
  isCounted: (synset: Synset) => boolean = () => true,
): (synset: string) => number {
  const kinds = new Map<string, number>();
  for (const [synset, meaning] of synsets) {
    if (!isCounted(meaning)) continue;
    const above = new Set<string>();
    const visit = (at: string) => {
      for (const wider of synsets.get(at)!.wider) {
        if (above.has(wider)) continue;
        above.add(wider);
        visit(wider);
      }
    };
    visit(synset);
    for (const wider of above) kinds.set(wider, (kinds.get(wider) ?? 0) + 1);
  }
  return (synset) => kinds.get(synset) ?? 0;
}

/** The next narrower meanings of each meaning. */
export function kindsBelow(synsets: ReadonlyMap<string, Synset>): ReadonlyMap<string, readonly string[]> {
  const below = new Map<string, string[]>();
  for (const [synset, { wider }] of synsets)
    for (const of of wider) below.set(of, [...(below.get(of) ?? []), synset]);
  return below;
}
