import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { GlossError } from '../domain/errors.ts';
import { ApiProblem } from './service/client.ts';
import { CommandError } from './terminal/command-error.ts';
import { print, tell } from './terminal/print.ts';
import { visibleJson } from '../domain/visible-text.ts';

/** Commands by name. Each loads what it alone needs: a search should not wait for the embedded stack's modules. */
export type Commands = Readonly<Record<string, () => Promise<Command>>>;

const versionOf = (json: string): string => (JSON.parse(json) as { readonly version: string }).version;

/** Whoever reads a pipe may stop reading: "gloss list | head" is no fault. */
function endOfReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}

/**
 * Runs the command that the arguments name.
 * @param packageJson of the package that the command line is part of
 * @returns the exit code
 */
export async function runCommand(
  commands: Commands,
  packageJson: URL,
  args: readonly string[],
): Promise<number> {
  process.stdout.on('error', endOfReader);
  const program = new Command('gloss')
    .description('Makes a folder of photos searchable by words.')
    .version(versionOf(readFileSync(packageJson, 'utf8')));
  for (const load of loadsFor(commands, args[0] ?? '')) program.addCommand(await load());
  for (const command of withSubcommands(program))
    command
      .exitOverride()
      .configureOutput(VISIBLE)
      .showHelpAfterError(`"${callOf(command)} --help" says more`);
  try {
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode !== 0 && args.includes('--json')) printErrorObject(error);
      return error.exitCode; // commander has told what is wrong, or shown the help
    }
    printError(error);
    if (args.includes('--json')) printErrorObject(error);
    return 1;
  }
}

/** The command that is named; all of them for an overview of them, and none for the version. */
function loadsFor(commands: Commands, first: string): readonly Commands[string][] {
  if (first === '-V' || first === '--version') return [];
  const wanted = commands[first];
  return wanted ? [wanted] : Object.values(commands);
}

/** Commander repeats arguments as they were given. Its texts end with a line end, which printing adds. */
const VISIBLE = {
  outputError: (text: string, write: (text: string) => void) => write(`gloss: ${withoutPrefix(text)}`),
  writeOut: (text: string) => print(text.replace(/\n$/, '')),
  writeErr: (text: string) => tell(text.replace(/\n$/, '')),
};

const withoutPrefix = (text: string): string => text.replace(/^error: /, '');

/** As it is typed, such as `gloss keys create`. */
const callOf = (command: Command): string =>
  command.parent ? `${callOf(command.parent)} ${command.name()}` : command.name();

const withSubcommands = (command: Command): Command[] => [
  command,
  ...command.commands.flatMap(withSubcommands),
];

/** One line that says what to do, and for our own mistakes what is needed to find them. */
function printError(error: unknown): void {
  if (error instanceof CommandError || error instanceof GlossError) {
    tell(`gloss: ${error.message}`);
    if (error instanceof CommandError && error.hint !== '') tell(error.hint);
  } else {
    const expected = error instanceof Error && process.env['GLOSS_DEBUG'] === undefined;
    tell(`gloss: ${expected ? error.message : describeFault(error)}`);
  }
}

const describeFault = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

function printErrorObject(error: unknown): void {
  const isUsage = error instanceof CommanderError;
  const told = error instanceof Error ? error.message : String(error);
  const message = isUsage ? withoutPrefix(told) : told;
  const code = isUsage ? 'usage' : error instanceof Error && 'code' in error ? error.code : 'internal';
  const place = error instanceof ApiProblem ? error.problem : {};
  print(visibleJson({ error: { ...place, code, message } }));
}
