/**
 * Marks that are written over letters of any script: accents, and the vowel points of Arabic. Not the marks that make
 * another letter: the vowel signs of Indic scripts and of Thai belong to a script, and kana's voicing is left out here.
 */
const ACCENT = /(?![\u3099\u309A])\p{Script=Inherited}/gu;

/**
 * One form for all spellings of a word: compatibility forms unified (NFKC), lower case, accents dropped.
 * "CAFÉ" and "cafe" are one word; the result may hold characters that separate words ("½" becomes "1⁄2").
 */
export function normalize(word: string): string {
  return word.normalize('NFKC').toLowerCase().normalize('NFD').replace(ACCENT, '').normalize('NFC');
}
