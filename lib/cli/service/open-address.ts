import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CommandError } from '../terminal/command-error.ts';

/** Shows an address in the browser of this machine (BROWSER, or that of the system), and does not wait for it to be closed. */
export async function openAddress(url: string): Promise<void> {
  const [command, ...args] = opener();
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  try {
    await once(child, 'spawn');
  } catch (cause) {
    const message = `${command} cannot be started: set BROWSER, or open the address that "gloss show" prints`;
    throw new CommandError('no_browser', message, { cause });
  }
  child.unref();
}

function opener(): readonly [command: string, ...args: string[]] {
  const { BROWSER: browser } = process.env;
  if (browser !== undefined && browser !== '') return [browser];
  if (process.platform === 'darwin') return ['open'];
  return process.platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open'];
}
