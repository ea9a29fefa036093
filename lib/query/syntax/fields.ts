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
};
