/** A form of a verb or an adjective. */
export interface Inflection {
  readonly word: string;
  /** That grammar puts behind the word, however it is written there: "ed" of "hopped". */
  readonly ending: string;
  readonly form: string;
}

/** As grammars have them: "calls", "called", "calling", and "hopping" where the list of irregular forms has it. */
export const verbForms = (verbs: readonly string[], irregular: string): Inflection[] =>
  inflections(verbs, ['s', 'ed', 'ing'], irregular);

/** "smaller", "smallest", and "bigger" where the list of irregular forms has it. */
export const adjectiveForms = (adjectives: readonly string[], irregular: string): Inflection[] =>
  inflections(
    adjectives.filter((adjective) => adjective.length <= LONGEST_COMPARED && !adjective.endsWith('ed')),
    ['er', 'est'],
    irregular,
  );

/** Letters of an adjective that is compared by an ending: longer ones take "more". */
const LONGEST_COMPARED = 6;

function inflections(words: readonly string[], endings: readonly string[], irregular: string): Inflection[] {
  const given = new Map<string, string[]>();
  for (const line of irregular.trimEnd().split('\n')) {
    const [form, ...of] = line.split(' ') as [string, ...string[]];
    for (const word of of) given.set(word, [...(given.get(word) ?? []), form]);
  }
  return [...new Set(words)].flatMap((word) =>
    endings.flatMap((ending) => {
      const others = (given.get(word) ?? []).filter((form) => form.endsWith(ending));
      return (others.length > 0 ? others : [regular(word, ending)]).map((form) => ({ word, ending, form }));
    }),
  );
}

function regular(word: string, ending: string): string {
  if (ending === 's') {
    if (/(s|x|z|ch|sh)$/.test(word)) return `${word}es`;
    return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
  }
  if (ending === 'ing') return /[^eoy]e$/.test(word) ? `${word.slice(0, -1)}ing` : `${word}ing`;
  if (/e$/.test(word)) return word + ending.slice(1);
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}i${ending}` : word + ending;
}
