#!/usr/bin/env node
/** The command line of the package that people install: what talks to a service (docs/client.md). */
import { runCommand } from './run-command.ts';
import { SERVICE_COMMANDS } from './service-commands.ts';

process.exitCode = await runCommand(
  SERVICE_COMMANDS,
  new URL('./package.json', import.meta.url), // where it is built to
  process.argv.slice(2),
);
