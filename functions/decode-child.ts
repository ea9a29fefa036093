/**
 * The process in which strangers' pictures are decoded: it has no credentials and no environment. The Decode function starts it
 * and watches over it (lib/adapters/decode-process.ts).
 */
import { createWriteStream } from 'node:fs';
import sharp from 'sharp';
import { decodeFrames } from '../lib/adapters/decode-frames.ts';
import { decodeWithSharp } from '../lib/adapters/sharp-decode.ts';

// One picture is never decoded twice.
sharp.cache(false);
// An exit waits for libvips to finish, which may be never; the end of stdin is the end of the function.
process.stdin.once('end', () => process.kill(process.pid, 'SIGKILL'));
await decodeFrames(process.stdin, createWriteStream('', { fd: 3 }), decodeWithSharp);
