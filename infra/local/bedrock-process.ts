import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FromBedrock } from './bedrock-child.ts';
import type { BedrockOptions } from './bedrock/server.ts';

const CHILD = fileURLToPath(new URL('./bedrock-child.ts', import.meta.url));

interface BedrockProcess {
  /** When it serves. @throws Error that says what to do when the model cannot be loaded. */
  readonly endpoint: Promise<string>;
  /** Also ends a start that is under way. */
  close(): Promise<void>;
}

/**
 * The local Bedrock in a process of its own, because decoding pictures and looking at them would keep the other
 * servers from answering.
 */
export function startBedrockProcess({ onLog = () => undefined, ...options }: BedrockOptions): BedrockProcess {
  const child = fork(CHILD, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  const endpoint = Promise.withResolvers<string>();
  endpoint.promise.catch(() => undefined); // It may fail before somebody awaits it, or when nobody does any more.
  let closing = false;

  child.on('message', (message: FromBedrock | { readonly type?: never }) => {
    if (message.type === 'log') onLog(message.line);
    else if (message.type === 'started') endpoint.resolve(message.endpoint);
    // Under `node --watch-path` Node.js sends messages of its own as well.
    else if (message.type === 'failed') endpoint.reject(new Error(message.message));
  });
  child.once('exit', (code, signal) => {
    const end = `the process of the local Bedrock ended with ${signal ?? `exit code ${code ?? 'unknown'}`}`;
    if (!closing) onLog(`${end}: photos cannot be described until the stack is started again`);
    endpoint.reject(new Error(end));
  });
  child.send(options);
  return {
    endpoint: endpoint.promise,
    async close() {
      closing = true;
      child.kill('SIGKILL');
      await exited;
    },
  };
}
