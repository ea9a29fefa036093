import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readSettings, type Settings } from './settings.ts';

/** Where stages stand: GLOSS_STAGES names another file. */
export const STAGES_FILE = join(import.meta.dirname, 'stages.json');

/** A CloudFormation stack, with what it chose. */
export interface Stage {
  readonly name: string;
  readonly settings: Settings;
}

const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

/** Each stage of a file: the names of stacks, each with its settings. @throws Error that says what is wrong with it, and where */
export function readStages(path: string): readonly Stage[] {
  const stages = z.record(z.string(), z.unknown()).safeParse(parsed(path));
  if (!stages.success) throw new Error(`${path}: give an object of stages by the names of their stacks`);
  const named = Object.entries(stages.data);
  if (named.length === 0) throw new Error(`${path}: there is no stage in it`);
  return named.map(([name, settings]) => {
    if (!STACK_NAME.test(name))
      throw new Error(
        `${path}: "${name}" cannot be the name of a stack: give letters, digits and -, a letter first`,
      );
    return { name, settings: readSettings(settings, name) };
  });
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
