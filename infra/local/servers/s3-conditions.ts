import { S3Error } from './s3-error.ts';

interface ByteRange {
  readonly start: number;
  /** The last byte. */
  readonly end: number;
}

/** Whether the list of an If-Match or If-None-Match has this tag; `*` has every one. */
export function matches(list: string, eTag: string): boolean {
  return list
    .split(',')
    .map((item) => item.trim().replace(/^(?:W\/)?"(.*)"$/, '$1'))
    .some((item) => item === '*' || item === eTag);
}

/**
 * What the conditions of a read say: a tag counts alone, and a time only without one (RFC 9110, section 13.2.2). Times are whole
 * seconds; what is no time is no condition.
 */
export function outcomeOf(
  headers: ReadonlyMap<string, string>,
  { eTag, modifiedMs }: { readonly eTag: string; readonly modifiedMs: number },
): 'holds' | 'failed' | 'not modified' {
  const seconds = Math.floor(modifiedMs / 1000);
  const since = (name: string) => Date.parse(headers.get(name) ?? '') / 1000;
  const [match, noneMatch] = [headers.get('if-match'), headers.get('if-none-match')];
  if (match === undefined ? seconds > since('if-unmodified-since') : !matches(match, eTag)) return 'failed';
  if (noneMatch === undefined ? seconds <= since('if-modified-since') : matches(noneMatch, eTag))
    return 'not modified';
  return 'holds';
}

/**
 * The bytes that a Range header asks for; undefined for the whole, which is also the answer to several ranges and to
 * what is no range at all (RFC 9110, section 14.2).
 * @throws S3Error when the object ends before the range starts.
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return undefined;
  if (first !== '' && last !== '' && Number(first) > Number(last)) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start > end) throw new S3Error('InvalidRange', 'The requested range is not satisfiable');
  return { start, end };
}
