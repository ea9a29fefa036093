import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CommandJob } from './command-process.ts';
import { kill, startNode, type NodeProcess, type Run } from './start-node.ts';

const PROCESS = fileURLToPath(new URL('command-process.ts', import.meta.url));

/** Runs commands of `gloss` in processes that have loaded them already, and ends those processes. */
export interface CommandRunner {
  run(args: readonly string[]): Promise<Run>;
  close(): Promise<void>;
}

/**
 * A command takes a tenth of the CPU that a process of its own would take. Commands at a time have a process each. Tests of how a process
 * begins, is written to or ends start one by `runNode`.
 */
export function commandRunner(environment: NodeJS.ProcessEnv): CommandRunner {
  const idle: CommandProcess[] = [];
  const started = new Set<CommandProcess>();

  function start(): CommandProcess {
    const child = startNode([PROCESS], environment);
    const ended = once(child, 'close').then(([code]) => {
      started.delete(process);
      return code as number | null;
    });
    const process = { child, ended };
    started.add(process);
    return process;
  }

  return {
    async run(args) {
      const process = idle.pop() ?? start();
      const { child, ended } = process;
      const job: CommandJob = { args, mark: `\0${randomUUID()}\0` };
      const done = once(child, 'message').then(([code]) => code as number);
      const texts = [child.stdout, child.stderr].map((stream) => textUntil(stream, job.mark, ended));
      child.send(job);
      const [stdout, stderr] = await Promise.all(texts);
      const code = await Promise.race([done, ended]); // A command may end its process.
      if (started.has(process)) idle.push(process);
      return { code, stdout: stdout!, stderr: stderr! };
    },
    async close() {
      await Promise.all([...started].map(({ child }) => kill(child)));
    },
  };
}

interface CommandProcess {
  readonly child: NodeProcess;
  /** Fulfilled with its exit code when all that it said is read. */
  readonly ended: Promise<number | null>;
}

/** What a stream says before a mark, or before its process has ended. */
function textUntil(stream: NodeProcess['stdout'], mark: string, ended: Promise<unknown>): Promise<string> {
  const pieces: Buffer[] = [];
  return new Promise((resolve) => {
    function hear(piece: Buffer): void {
      pieces.push(piece);
      const text = Buffer.concat(pieces.slice(-2)).toString();
      if (text.endsWith(mark)) end(-mark.length);
    }
    function end(at?: number): void {
      stream.off('data', hear);
      resolve(Buffer.concat(pieces).toString().slice(0, at));
    }
    stream.on('data', hear);
    void ended.then(() => end());
  });
}
