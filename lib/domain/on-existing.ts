/**
 * What becomes of a file whose name is taken by other content: it is sent under a name with a number, it takes the name, or it is not
 * sent.
 */
export const ON_EXISTING = ['keep-both', 'replace', 'skip'] as const;
export type OnExisting = (typeof ON_EXISTING)[number];
