/** A form that a dictionary has. */
export interface DictionaryForm {
  readonly form: string;
  readonly word: string;
  /** What the rule says of its forms, as Hunspell's field `ts:` has it: "NN2" for plurals in Dutch. Absent for the word itself. */
  readonly tag?: string;
  /** Of the word, which say what is made of it. */
  readonly flags: readonly string[];
}

/**
 * Every form that a Hunspell dictionary makes of its words by one ending; no beginnings and no compounds.
 *
 * @param aff text of the rules
 * @param dic text of the words
 */
export function* hunspellForms(aff: string, dic: string): Generator<DictionaryForm> {
  const isLong = /^FLAG long/m.test(aff);
  const flagsOf = (text = ''): string[] => text.match(isLong ? /../gs : /./gsu) ?? [];
  const optionOf = (name: string) => new RegExp(`^${name}\\s+(\\S+)`, 'm').exec(aff)?.[1];
  const [needed, forbidden] = [optionOf('NEEDAFFIX'), optionOf('FORBIDDENWORD')];
  const endings = new Map<
    string,
    { off: string; on: string; flags: string[]; where: RegExp; tag: string }[]
  >();
  for (const [, flag, off, written, where, tag = ''] of aff.matchAll(
    /^SFX\s+(\S+)\s+(\S+)\s+(\S+)[^\S\n]+(\S+)(?:[^\S\n]+ts:(\S+))?/gm,
  ) as Iterable<string[]>) {
    if (/^[YN]$/.test(off!) && /^\d+$/.test(written!)) continue;
    const [on, flags] = written!.split('/');
    const ending = {
      off: off === '0' ? '' : off!,
      on: on === '0' ? '' : on!,
      flags: flagsOf(flags),
      where: new RegExp(`${where}$`, 'u'),
      tag,
    };
    endings.set(flag!, [...(endings.get(flag!) ?? []), ending]);
  }

  function* made(word: string, flags: readonly string[]): Generator<DictionaryForm> {
    if (!needed || !flags.includes(needed)) yield { form: word, word, flags };
    for (const flag of flags)
      for (const { off, on, flags: more, where, tag } of endings.get(flag) ?? [])
        if (word.endsWith(off) && where.test(word) && !more.includes(needed!))
          yield { form: word.slice(0, word.length - off.length) + on, word, tag, flags };
  }

  for (const line of dic.split('\n').slice(1)) {
    // Names of several words: what stands behind a word otherwise is fields ("po:nom").
    if (/^\S+ [^:\s]+(?:\s|$)/u.test(line)) continue;
    const [word, flags] = line.split(/\s/u)[0]!.split('/') as [string, string?];
    const marks = flagsOf(flags);
    if (word === '' || (forbidden !== undefined && marks.includes(forbidden))) continue;
    yield* made(word, marks);
  }
}
