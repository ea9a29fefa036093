import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const MAX_BYTES = 4 * 1024 * 1024;

/**
 * A log file that stays small: when full it becomes `<path>.1`, in place of the one before, and a new one begins.
 * Writes are synchronous, so that the last words of a stack that dies are on disk.
 * @returns the function that appends.
 */
export function boundedLog(path: string, maxBytes = MAX_BYTES): (text: string | Buffer) => void {
  mkdirSync(dirname(path), { recursive: true });
  let bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return (text) => {
    if (bytes >= maxBytes) {
      renameSync(path, `${path}.1`);
      bytes = 0;
    }
    appendFileSync(path, text);
    bytes += Buffer.byteLength(text);
  };
}
