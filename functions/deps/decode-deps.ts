import { DecodeProcess } from '../../lib/adapters/decode-process.ts';
import { positiveCount, readEnvironment, text, type Environment } from '../shared/environment.ts';

/** Beside this function in its bundle, and in the sources. */
const childEntry = () =>
  import.meta.filename.endsWith('.mjs')
    ? new URL('./decode-child.mjs', import.meta.url).href
    : new URL('../decode-child.ts', import.meta.url).href;

/** What functions/decode.ts needs, from its environment. @throws Error that names missing variables. */
export function decodeDeps(environment: Environment) {
  const env = readEnvironment(
    { PICTURE_ORIGIN: text, DECODE_CPU_SECONDS: positiveCount, DECODE_MEMORY_MB: positiveCount },
    environment,
  );
  const bounds = { cpuMs: env.DECODE_CPU_SECONDS * 1000, memoryMb: env.DECODE_MEMORY_MB };
  return { origin: env.PICTURE_ORIGIN, decoder: new DecodeProcess(childEntry(), bounds) };
}
