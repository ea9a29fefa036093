/** Runs one command of `gloss` after another, as messages name them; after each, its mark ends stdout and stderr. */
import { flushCompileCache } from 'node:module';
import { CHECKOUT_COMMANDS } from '../../lib/cli/checkout-commands.ts';
import { runCommand } from '../../lib/cli/run-command.ts';

/** A command to run. */
export interface CommandJob {
  readonly args: readonly string[];
  /** Is in nothing that a command prints. */
  readonly mark: string;
}

const PACKAGE = new URL('../../package.json', import.meta.url);

process.on('message', (job: CommandJob) => void run(job));
process.channel!.ref();

async function run({ args, mark }: CommandJob): Promise<void> {
  process.exitCode = undefined;
  const code = await runCommand(CHECKOUT_COMMANDS, PACKAGE, args);
  process.send!(code);
  process.stdout.write(mark);
  process.stderr.write(mark);
  flushCompileCache(); // This process is killed: what it compiled is kept for the next ones.
}
