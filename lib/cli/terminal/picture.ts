/** Terminals that show pictures by the escape sequence of iTerm2 (iterm2.com/documentation-images.html). */
const PROGRAMS: ReadonlySet<string> = new Set([
  'iTerm.app',
  'WezTerm',
  'mintty',
  'rio',
  'Tabby',
  'WarpTerminal',
]);

/** Whether a stream is a terminal that shows pictures, as far as it says so. Multiplexers pass none of them on. */
export function showsPictures(
  { isTTY }: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  const { TERM_PROGRAM = '', LC_TERMINAL, KONSOLE_VERSION, TMUX, STY } = environment;
  if (isTTY !== true || TMUX !== undefined || STY !== undefined) return false;
  return PROGRAMS.has(TERM_PROGRAM) || LC_TERMINAL === 'iTerm2' || Number(KONSOLE_VERSION ?? 0) >= 220_400;
}

/**
 * What shows a picture in such a terminal.
 * @param rows lines of text that it is as high as
 */
export const pictureSequence = (picture: Uint8Array, rows: number): string =>
  `\u001b]1337;File=inline=1;size=${picture.length};height=${rows};preserveAspectRatio=1:${Buffer.from(picture).toString('base64')}\u0007`;
