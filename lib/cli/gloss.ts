#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { GlossError } from '../domain/errors.ts';
import { ApiProblem } from './service/client.ts';
import { CommandError } from './terminal/command-error.ts';
import { print, tell } from './terminal/print.ts';
import { visibleJson } from '../domain/visible-text.ts';

/** Whoever reads a pipe may stop reading: "gloss list | head" is no fault. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

/** Each loads what it alone needs: a search should not wait for the embedded stack's modules. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  up: async () => (await import('./commands/up.ts')).upCommand,
  add: async () => (await import('./commands/add.ts')).addCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  search: async () => (await import('./commands/search.ts')).searchCommand,
  list: async () => (await import('./commands/list.ts')).listCommand,
  show: async () => (await import('./commands/show.ts')).showCommand,
  open: async () => (await import('./commands/open.ts')).openCommand,
  retry: async () => (await import('./commands/retry.ts')).retryCommand,
  delete: async () => (await import('./commands/delete.ts')).deleteCommand,
  tenants: async () => (await import('./commands/tenants.ts')).tenantsCommand,
  reindex: async () => (await import('./commands/reindex.ts')).reindexCommand,
  check: async () => (await import('./commands/check.ts')).checkCommand,
  keys: async () => (await import('./commands/keys.ts')).keysCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  webhook: async () => (await import('./commands/webhook.ts')).webhookCommand,
  usage: async () => (await import('./commands/usage.ts')).usageCommand,
  key: async () => (await import('./commands/key.ts')).keyCommand,
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand,
  eval: async () => (await import('./commands/eval.ts')).evalCommand,
  bench: async () => (await import('./commands/bench.ts')).benchCommand,
};

const PACKAGE = new URL('../../package.json', import.meta.url);
const versionOf = (json: string): string => (JSON.parse(json) as { readonly version: string }).version;

/** Runs the command that the arguments name. @returns the exit code */
async function main(args: readonly string[]): Promise<number> {
  const program = new Command('gloss')
    .description('Makes a folder of photos searchable by words.')
    .version(versionOf(readFileSync(PACKAGE, 'utf8')));
  const wanted = COMMANDS[args[0] ?? ''];
  for (const load of wanted ? [wanted] : Object.values(COMMANDS)) program.addCommand(await load());
  for (const command of withSubcommands(program)) command.exitOverride().configureOutput(VISIBLE);
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

/** Commander repeats arguments as they were given. Its texts end with a line end, which printing adds. */
const VISIBLE = {
  writeOut: (text: string) => print(text.replace(/\n$/, '')),
  writeErr: (text: string) => tell(text.replace(/\n$/, '')),
};

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
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : 'internal';
  const place = error instanceof ApiProblem ? error.problem : {};
  print(visibleJson({ error: { ...place, code, message } }));
}

process.exitCode = await main(process.argv.slice(2));
