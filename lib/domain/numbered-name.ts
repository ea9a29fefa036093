const LONGEST_ENDING = 10;

/**
 * The name with a number before its ending, as file managers give it to a second file of one name: `trip/IMG_1 (2).jpg`.
 * @param number from 2 on
 */
export function numberedName(name: string, number: number): string {
  const fileStart = name.lastIndexOf('/') + 1;
  const dot = name.lastIndexOf('.');
  const hasEnding = dot > fileStart && name.length - dot <= LONGEST_ENDING;
  const end = hasEnding ? dot : name.length;
  return `${name.slice(0, end)} (${number})${name.slice(end)}`;
}

/** The name under which a picture is kept: composed (NFC), as all systems but macOS write it. */
export const composedName = (name: string): string => name.normalize('NFC');

/** The ways in which Unicode may write one name, the composed one first; macOS decomposes names (NFD). */
export const spellingsOf = (name: string): readonly string[] => [
  ...new Set([composedName(name), name.normalize('NFD')]),
];
