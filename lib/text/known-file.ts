import { momentOf } from '../domain/calendar.ts';
import type { Gloss } from '../domain/gloss.ts';
import type { ImageRecord } from '../domain/image.ts';
import { isPictureName } from './file-name.ts';

/**
 * A gloss with what the record knows of its file, where it was written before glosses had that: the name, and of an upload when it came.
 * The time of an import says nothing of a picture.
 */
export function withKnownFile(
  gloss: Gloss,
  {
    name,
    source,
    arrivedAtMs,
    createdAtMs,
  }: Pick<ImageRecord, 'name' | 'source' | 'arrivedAtMs' | 'createdAtMs'>,
): Gloss {
  if (gloss.file) return gloss;
  if (source === 'upload')
    return { ...gloss, file: { name, storedOn: momentOf(arrivedAtMs ?? createdAtMs) } };
  return isPictureName(name) ? { ...gloss, file: { name } } : gloss;
}
