import type { Commands } from './run-command.ts';
import { SERVICE_COMMANDS } from './service-commands.ts';

/** All commands of a checkout: the embedded stack first, then those of the package, then those that need what only a checkout has. */
export const CHECKOUT_COMMANDS: Commands = {
  up: async () => (await import('./commands/up.ts')).upCommand,
  ...SERVICE_COMMANDS,
  env: async () => (await import('./commands/env.ts')).envCommand,
  key: async () => (await import('./commands/key.ts')).keyCommand,
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand,
  eval: async () => (await import('./commands/eval.ts')).evalCommand,
  bench: async () => (await import('./commands/bench.ts')).benchCommand,
};
