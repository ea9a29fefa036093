/**
 * One form for all spellings of a word: compatibility forms unified (NFKC), lower case, accents dropped.
 * "CAFÉ" and "cafe" are one word; the result may hold characters that separate words ("½" becomes "1⁄2").
 */
export function normalize(word: string): string {
  return word.normalize('NFKC').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');
}
