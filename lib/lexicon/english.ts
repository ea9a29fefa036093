import { readFileSync } from 'node:fs';
import { openLexicon, type Lexicon } from './lexicon.ts';

/**
 * The English lexicon, from the file beside this module: beside the bundle, where the module is part of one. It is read
 * like code, at once and with the deployment's own bytes, so the core reads it itself.
 *
 * @throws GlossError `corrupt` for a damaged file; Error of node:fs where there is none.
 */
export const openEnglishLexicon = (): Lexicon =>
  openLexicon(readFileSync(new URL('./english.bin', import.meta.url)));
