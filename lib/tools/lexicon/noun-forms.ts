/** Plurals of English that no ending tells, as grammars list them. */
const IRREGULAR: Readonly<Record<string, string>> = {
  calves: 'calf',
  children: 'child',
  elves: 'elf',
  feet: 'foot',
  geese: 'goose',
  halves: 'half',
  hooves: 'hoof',
  knives: 'knife',
  leaves: 'leaf',
  lice: 'louse',
  lives: 'life',
  loaves: 'loaf',
  men: 'man',
  mice: 'mouse',
  oxen: 'ox',
  people: 'person',
  scarves: 'scarf',
  shelves: 'shelf',
  teeth: 'tooth',
  thieves: 'thief',
  wives: 'wife',
  wolves: 'wolf',
  women: 'woman',
};

/** [plural, singular] of nouns whose plural a stemmer does not lead back; "firemen" goes like "men". */
export function* irregularPlurals(nouns: Iterable<string>): Generator<[string, string]> {
  yield* Object.entries(IRREGULAR);
  for (const noun of nouns) if (/[a-z]man$/.test(noun)) yield [noun.replace(/man$/, 'men'), noun];
}
