import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';

interface Printable {
  toString(): string;
}

/** A place in a module, as V8 writes it: `file:///var/task/index.mjs:1:2345`. */
const PLACE = /(file:\/\/[^\s()]+\.mjs):(\d+):(\d+)/;

/**
 * Has stack traces name lines of the sources, by the maps beside the modules of a bundle. Node's `--enable-source-maps` reads all maps at
 * every cold start; here a map is read when a trace first goes through its module.
 */
export function traceSources(): void {
  const maps = new Map<string, SourceMap | undefined>();
  const mapOf = (module: string): SourceMap | undefined => {
    if (!maps.has(module)) maps.set(module, readMap(`${fileURLToPath(module)}.map`));
    return maps.get(module);
  };
  const inSources = (call: string): string =>
    call.replace(PLACE, (place, module: string, line: string, column: string) => {
      const origin = mapOf(module)?.findOrigin(Number(line), Number(column));
      return origin && 'fileName' in origin
        ? `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}`
        : place;
    });
  Error.prepareStackTrace = (error, calls: readonly Printable[]) =>
    [String(error), ...calls.map((call) => `    at ${inSources(call.toString())}`)].join('\n');
}

const readMap = (path: string): SourceMap | undefined =>
  existsSync(path) ? new SourceMap(JSON.parse(readFileSync(path, 'utf8')) as SourceMapPayload) : undefined;
