#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// A command starts in half the time where its code is compiled already; the processes that it starts use the same.
const compiled = fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url));
process.env['NODE_COMPILE_CACHE'] ??= compiled;
enableCompileCache(compiled);

// Only what is loaded from here on is read from there.
const { runCommand } = await import('./run-command.ts');
const { CHECKOUT_COMMANDS } = await import('./checkout-commands.ts');

process.exitCode = await runCommand(
  CHECKOUT_COMMANDS,
  new URL('../../package.json', import.meta.url),
  process.argv.slice(2),
);
