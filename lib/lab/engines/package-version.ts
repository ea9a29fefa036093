import { readFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';

/** The version of an installed package. */
export async function packageVersion(name: string): Promise<string> {
  const path = findPackageJSON(name, import.meta.url)!; // whoever asks has imported it
  return (JSON.parse(await readFile(path, 'utf8')) as { version: string }).version;
}
