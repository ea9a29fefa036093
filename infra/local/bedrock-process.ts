import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FromBedrock } from './bedrock-child.ts';
import type { RunningServer } from './bedrock/dual-http-server.ts';
import type { BedrockOptions } from './bedrock/server.ts';

const CHILD = fileURLToPath(new URL('./bedrock-child.ts', import.meta.url));

/**
 * The local Bedrock in a process of its own, because decoding pictures and looking at them would keep the other
 * servers from answering.
 * @throws Error that says what to do when the detector cannot be fetched.
 */
export async function startBedrockProcess({
  onLog = () => undefined,
  ...options
}: BedrockOptions): Promise<RunningServer> {
  const child = fork(CHILD, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  let closing = false;
  const close = async () => {
    closing = true;
    child.kill('SIGKILL');
    await exited;
  };
  child.send(options);
  try {
    const endpoint = await new Promise<string>((started, failed) => {
      child.on('message', (message: FromBedrock) => {
        if (message.type === 'log') onLog(message.line);
        else if (message.type === 'started') started(message.endpoint);
        else failed(new Error(message.message));
      });
      child.once('exit', (code, signal) => {
        if (!closing)
          onLog(`local Bedrock: the process ended with ${signal ?? `exit code ${code}`}; restart the stack`);
        failed(new Error('the process of the local Bedrock ended before it was ready'));
      });
    });
    return { endpoint, close };
  } catch (error) {
    await close();
    throw error;
  }
}
