/** Percent-encodes all but RFC 3986's unreserved characters, as Signature Version 4 wants it. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Encodes each part of a path and leaves the slashes. */
export const encodePath = (path: string): string => path.split('/').map(uriEncode).join('/');

/** A key as S3 writes it in events and, for `encoding-type=url`, in listings: as in a form, slashes as they are. */
export const formEncodeKey = (key: string): string => encodePath(key).replaceAll('%20', '+');
