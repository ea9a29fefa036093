const PLAIN: Readonly<Record<string, string>> = { ä: 'a', ö: 'o', ü: 'u' };

/** A stem of German with the umlauts that Snowball took off it: "Bar" and "Bär" are two words. @param word that it is the stem of */
export function withUmlauts(stem: string, word: string): string {
  let restored = '';
  for (let i = 0; i < stem.length; i += 1) restored += PLAIN[word[i] ?? ''] === stem[i] ? word[i]! : stem[i]!;
  return restored;
}
