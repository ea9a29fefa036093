import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ENDS_WITH_PARENT = fileURLToPath(new URL('ends-with-parent.ts', import.meta.url));

/** What has ended by itself. */
export interface Run {
  /** Null after a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of Node.js that is gone as soon as the one that started it is. Its stdout and stderr must be read. */
export type NodeProcess = ChildProcess & {
  readonly stdout: NonNullable<ChildProcess['stdout']>;
  readonly stderr: NonNullable<ChildProcess['stderr']>;
};

/**
 * Starts Node.js for a test.
 * @param args as on the command line: a file and its arguments, or `--input-type=module`, `--eval` and code
 * @param stdin `pipe` for one that is written to
 */
export function startNode(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  stdin: 'ignore' | 'pipe' = 'ignore',
): NodeProcess {
  return spawn(process.execPath, ['--import', ENDS_WITH_PARENT, ...args], {
    env,
    stdio: [stdin, 'pipe', 'pipe', 'ipc'],
  }) as NodeProcess;
}

/** Starts Node.js with the code of a module, and waits for its first line. @throws Error with its stderr if it ends before. */
export async function startScript(code: string): Promise<{ child: NodeProcess; line: string }> {
  const child = startNode(['--input-type=module', '--eval', code]);
  return { child, line: await firstLine(child) };
}

/** The first line on stdout. @throws Error with all of stderr when the process ends without one. */
export async function firstLine(child: NodeProcess): Promise<string> {
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (stdout.includes('\n')) resolve(stdout.slice(0, stdout.indexOf('\n')));
    });
    child.once('close', () => reject(new Error(`it ended without a word on stdout:\n${stderr}`)));
    child.once('error', reject);
  });
}

/** Runs Node.js to its end. */
export async function runNode(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Run> {
  const child = startNode(args, env);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** Kills a process and waits for its end. */
export async function kill(
  child: ChildProcess,
  signal: 'SIGTERM' | 'SIGKILL' = 'SIGKILL',
): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
  return child.exitCode;
}
