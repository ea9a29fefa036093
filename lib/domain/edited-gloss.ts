import type { Gloss, ViewGloss } from './gloss.ts';
import { keysOf, NOTHING_CHANGED, wordKey, type PeoplesWords, type SaidBefore } from './peoples-words.ts';

/** Tags and keywords of a gloss without what people changed. */
export const saidIn = ({ views, file, people }: Gloss): SaidBefore => ({
  tags: views.map(({ tags }, i) => people?.said.tags[i] ?? tags),
  keywords: people?.said.keywords ?? file?.keywords ?? [],
});

/**
 * A gloss as people want it, whatever they changed before. What they added is a keyword of the file; what they removed is no keyword and no
 * tag. Captions, text in the picture, title and description stay.
 * @param people undefined where they changed nothing, or took it back
 */
export function withPeoplesWords(gloss: Gloss, people: PeoplesWords | undefined): Gloss {
  const { people: _before, file: fileBefore, ...rest } = gloss;
  const said = saidIn(gloss);
  const { added, removed } = people ?? NOTHING_CHANGED;
  const gone = keysOf(removed);
  const isLeft = (word: string) => !gone.has(wordKey(word));
  const views = rest.views.map((view, i): ViewGloss => ({ ...view, tags: said.tags[i]!.filter(isLeft) }));
  const left = said.keywords.filter(isLeft);
  const known = keysOf(left);
  const keywords = [...left, ...added.filter((word) => !known.has(wordKey(word)))];
  const { keywords: _keywords, ...otherwise } = fileBefore ?? {};
  const file = { ...otherwise, ...(keywords.length > 0 && { keywords }) };
  return {
    ...rest,
    views,
    ...(Object.keys(file).length > 0 && { file }),
    ...(people && added.length + removed.length > 0 && { people: { added, removed, said } }),
  };
}
