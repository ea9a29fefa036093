import { PICTURE_TYPES } from './picture-type.ts';

/** What a signed address makes the bucket say of an object, whatever was said when it was put there. */
export interface ShownAs {
  readonly contentType: string;
  /** Of RFC 6266. */
  readonly disposition: string;
}

const MAX_STEM_CHARS = 60;
/** No browser runs these. */
const BYTES = { contentType: 'application/octet-stream', extension: 'bin' };

/**
 * Shows what was decoded as the type that it was decoded as; everything else is a file to save. So a page or a drawing with
 * scripts that somebody put under the name of a picture never runs in the bucket's origin.
 * @param format that the decoder has found, undefined where it has found none
 */
export function shownAs(name: string, format: string | undefined): ShownAs {
  const contentType =
    format !== undefined && Object.hasOwn(PICTURE_TYPES, format) ? PICTURE_TYPES[format] : undefined;
  if (contentType === undefined)
    return { contentType: BYTES.contentType, disposition: `attachment; ${fileName(name, BYTES.extension)}` };
  return { contentType, disposition: `inline; ${fileName(name, format!)}` };
}

/** The last part of the name without its ending, which would say what the file is opened with: letters, digits, "-" and "_". */
function fileName(name: string, extension: string): string {
  const last = name.slice(name.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  const stem = Array.from(last.replaceAll(/[^\p{L}\p{M}\p{N}_-]/gu, '_'))
    .slice(0, MAX_STEM_CHARS)
    .join('');
  const ascii = stem.replaceAll(/[^\w-]/g, '_');
  const plain = `filename="${ascii || '_'}.${extension}"`;
  return ascii === stem ? plain : `${plain}; filename*=UTF-8''${encodeURIComponent(`${stem}.${extension}`)}`;
}
