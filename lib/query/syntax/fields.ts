import type { FileField } from '../../text/file-fields.ts';

/**
 * Which texts of a view or of a file a field searches. A colour is one that the picture has, not one that is written in it.
 */
export const FIELDS: Readonly<Record<string, readonly ('tag' | 'caption' | 'text' | FileField)[]>> = {
  tag: ['tag'],
  caption: ['caption'],
  text: ['text'],
  color: ['tag', 'caption'],
  name: ['name'],
  keyword: ['keyword'],
  title: ['title'],
  description: ['description'],
};

/** Fields of dates, which take "2024", "2024-05" and "2024-05-17". */
export const DATE_FIELDS = ['date', 'before', 'after'] as const;
export type DateField = (typeof DATE_FIELDS)[number];
export const isDateField = (name: string): name is DateField => DATE_FIELDS.some((field) => field === name);

/** Fields of what the index has terms of its own for. They are conditions, and say nothing of how well a picture fits. */
export const FACT_FIELDS: ReadonlySet<string> = new Set([...DATE_FIELDS, 'camera']);

/** All names that may stand before a colon. */
export const FIELD_NAMES: readonly string[] = [...Object.keys(FIELDS), ...FACT_FIELDS];
