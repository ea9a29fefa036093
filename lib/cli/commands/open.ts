import { Command } from 'commander';
import { visibleJson } from '../../domain/visible-text.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { openImage } from '../service/open-image.ts';
import { resolveArrived } from '../service/resolve-image.ts';
import { withConnection } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';

/** `gloss open`: a picture in the program that this machine shows addresses with. */
export const openCommand = withConnection(
  new Command('open')
    .description('show a picture in the browser (BROWSER, or that of the system)')
    .argument('<image>', 'its name, or its id as "gloss list" prints it'),
).action(async (wanted: string, options: ConnectionOptions & { readonly json?: true }) => {
  const locate = () => connect(options);
  const { id, name } = await resolveArrived(locate, wanted);
  const url = await openImage(locate, id);
  print(options.json ? visibleJson({ id, url }) : `${name} is shown in the browser`);
});
