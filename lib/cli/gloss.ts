#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Commands } from './run-command.ts';

// A command starts in half the time where its code is compiled already; the processes that it starts use the same.
const compiled = fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url));
process.env['NODE_COMPILE_CACHE'] ??= compiled;
enableCompileCache(compiled);
const { runCommand } = await import('./run-command.ts');
const { SERVICE_COMMANDS } = await import('./service-commands.ts');

/** What needs the checkout: the embedded stack, the tables of a deployment, and measures. */
const CHECKOUT_COMMANDS: Commands = {
  env: async () => (await import('./commands/env.ts')).envCommand,
  key: async () => (await import('./commands/key.ts')).keyCommand,
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand,
  eval: async () => (await import('./commands/eval.ts')).evalCommand,
  bench: async () => (await import('./commands/bench.ts')).benchCommand,
};

process.exitCode = await runCommand(
  {
    up: async () => (await import('./commands/up.ts')).upCommand,
    ...SERVICE_COMMANDS,
    ...CHECKOUT_COMMANDS,
  },
  new URL('../../package.json', import.meta.url),
  process.argv.slice(2),
);
