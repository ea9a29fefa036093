/**
 * Every form that a Hunspell dictionary makes of its words by one ending, with the word; no beginnings and no compounds.
 *
 * @param aff text of the rules
 * @param dic text of the words
 */
export function* hunspellForms(aff: string, dic: string): Generator<readonly [form: string, word: string]> {
  const isLong = /^FLAG long/m.test(aff);
  const flagsOf = (text = ''): string[] => text.match(isLong ? /../gs : /./gsu) ?? [];
  const optionOf = (name: string) => new RegExp(`^${name}\\s+(\\S+)`, 'm').exec(aff)?.[1];
  const [needed, forbidden] = [optionOf('NEEDAFFIX'), optionOf('FORBIDDENWORD')];
  const endings = new Map<string, { off: string; on: string; flags: string[]; where: RegExp }[]>();
  for (const [, flag, off, written, where] of aff.matchAll(
    /^SFX\s+(\S+)\s+(\S+)\s+(\S+)[^\S\n]+(\S+)/gm,
  ) as Iterable<string[]>) {
    if (/^[YN]$/.test(off!) && /^\d+$/.test(written!)) continue;
    const [on, flags] = written!.split('/');
    const ending = {
      off: off === '0' ? '' : off!,
      on: on === '0' ? '' : on!,
      flags: flagsOf(flags),
      where: new RegExp(`${where}$`, 'u'),
    };
    endings.set(flag!, [...(endings.get(flag!) ?? []), ending]);
  }

  function* made(word: string, flags: readonly string[]): Generator<string> {
    if (!needed || !flags.includes(needed)) yield word;
    for (const flag of flags)
      for (const { off, on, flags: more, where } of endings.get(flag) ?? [])
        if (word.endsWith(off) && where.test(word) && !more.includes(needed!))
          yield word.slice(0, word.length - off.length) + on;
  }

  for (const line of dic.split('\n').slice(1)) {
    const [word, flags] = line.split(/\s/u)[0]!.split('/') as [string, string?];
    const marks = flagsOf(flags);
    if (word === '' || (forbidden !== undefined && marks.includes(forbidden))) continue;
    for (const form of made(word, marks)) yield [form, word];
  }
}
