import { Command } from 'commander';
import { RetryAnswer, type Image } from '../../api/images/image.ts';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';
import { imagesThatAre } from '../service/all-images.ts';
import { callApi, type Locate } from '../service/client.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { resolveArrived } from '../service/resolve-image.ts';
import { refusalOf, type Refusal } from '../service/send-in-parts.ts';
import { CommandError } from '../terminal/command-error.ts';
import { counted } from '../terminal/counted.ts';
import { withConnection } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';

interface Options extends ConnectionOptions {
  readonly all?: true;
  readonly json?: true;
}

interface Retried {
  readonly name: string;
  readonly id?: string;
  readonly failure?: Refusal;
}

/** `gloss retry`: pictures that failed are described again. */
export const retryCommand = withConnection(
  new Command('retry')
    .description(
      'have pictures described again that failed, or lost their words or thumbnail; each costs as much as a new one',
    )
    .argument('[image...]', 'their names, or their ids as "gloss list" prints them')
    .option('--all', 'every picture that failed'),
).action(async (wanted: string[], options: Options) => {
  if ((wanted.length === 0) === (options.all === undefined))
    throw new CommandError('which', 'name the images to try again, or pass --all');
  const locate = () => connect(options);
  const images: Retried[] = [];
  for await (const { name, find } of options.all ? failedOnes(locate) : namedOnes(locate, wanted)) {
    try {
      const { id } = await find();
      await callApi(locate, `/v1/images/${id}/retry`, RetryAnswer, undefined, 'POST');
      images.push({ name, id });
    } catch (error) {
      images.push({ name, failure: refusalOf(error) });
    }
  }
  const refused = images.filter(({ failure }) => failure !== undefined);
  if (options.json) print(visibleJson({ images }));
  else {
    for (const { name, failure } of refused) print(visibleText(`${name}: ${failure!.reason}`));
    print(`${counted(images.length - refused.length, 'image')} will be described again`);
  }
  process.exitCode = refused.length === 0 ? 0 : 2;
});

interface Wanted {
  readonly name: string;
  readonly find: () => Promise<Pick<Image, 'id'>>;
}

async function* failedOnes(locate: Locate): AsyncGenerator<Wanted> {
  for await (const page of imagesThatAre(locate, 'failed'))
    for (const image of page) yield { name: image.name, find: () => Promise.resolve(image) };
}

function* namedOnes(locate: Locate, names: readonly string[]): Generator<Wanted> {
  for (const name of names) yield { name, find: () => resolveArrived(locate, name) };
}
