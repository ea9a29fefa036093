import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Command } from 'commander';
import { ShownImage } from '../../api/images/image.ts';
import { visibleJson } from '../../domain/visible-text.ts';
import { callApi } from '../service/client.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { resolveImage } from '../service/resolve-image.ts';
import { CommandError } from '../terminal/command-error.ts';
import { withConnection } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';

/** `gloss open`: a picture in the program that this machine shows addresses with. */
export const openCommand = withConnection(
  new Command('open')
    .description('show a picture in the browser (BROWSER, or that of the system)')
    .argument('<image>', 'its name, or its id as "gloss list" prints it'),
).action(async (wanted: string, options: ConnectionOptions & { readonly json?: true }) => {
  const locate = () => connect(options);
  const { id, name } = await resolveImage(locate, wanted);
  const { url, status } = await callApi(locate, `/v1/images/${id}`, ShownImage);
  if (url === undefined)
    throw new CommandError('no_picture', `${name} has no picture to show (${status}): see "gloss show"`);
  await openAddress(url);
  print(options.json ? visibleJson({ id, url }) : `${name} is shown in the browser`);
});

function opener(): readonly [command: string, ...args: string[]] {
  const { BROWSER: browser } = process.env;
  if (browser !== undefined && browser !== '') return [browser];
  if (process.platform === 'darwin') return ['open'];
  return process.platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open'];
}

/** Does not wait for a browser to be closed. */
async function openAddress(url: string): Promise<void> {
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
