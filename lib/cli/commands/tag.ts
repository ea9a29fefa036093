import { Command } from 'commander';
import { KeywordsAnswer } from '../../api/images/image.ts';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';
import { changeImages, type ChangeReport } from '../service/change-images.ts';
import { ApiProblem, callApi, type Locate } from '../service/client.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { NOT_FOUND } from '../service/resolve-image.ts';
import type { Refusal } from '../service/send-in-parts.ts';
import { CommandError } from '../terminal/command-error.ts';
import { counted } from '../terminal/counted.ts';
import { withConnection } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';

interface Options extends ConnectionOptions {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  readonly json?: true;
}

const oneMore = (word: string, before: readonly string[]): string[] => [...before, word];

/** `gloss tag`: keywords in, keywords and tags out. One image that cannot be changed does not stop the others. */
export const tagCommand = withConnection(
  new Command('tag')
    .description('add keywords to images, and take keywords and tags away; no picture is described for it')
    .argument('<image...>', 'their names, or their ids as "gloss list" prints them')
    .option('--add <word>', 'a keyword, found as those of a file; for several, once for each', oneMore, [])
    .option('--remove <word>', 'a keyword or tag that goes and stays away', oneMore, []),
).action(async (wanted: string[], { add, remove, json, ...connection }: Options) => {
  if (add.length + remove.length === 0)
    throw new CommandError('which', 'name a word: --add WORD, --remove WORD, or both');
  const locate = () => connect(connection);
  const report = await changeImages(locate, wanted, (ids) => tag(locate, ids, { add, remove }));
  print(json ? visibleJson(jsonOf(report)) : linesOf(report).join('\n'));
  process.exitCode = exitCodeOf(report);
});

async function tag(
  locate: Locate,
  ids: readonly string[],
  keywords: Pick<Options, 'add' | 'remove'>,
): Promise<ReadonlyMap<string, 'changed' | Refusal>> {
  const { images } = await callApi(locate, '/v1/images/keywords', KeywordsAnswer, { ids, keywords }).catch(
    (error: unknown) => {
      // The words are wrong, and so they are for every image.
      if (error instanceof ApiProblem && error.problem.field?.startsWith('keywords'))
        throw new CommandError(error.code, error.message);
      throw error;
    },
  );
  return new Map(
    images.flatMap((image): [string, 'changed' | Refusal][] => {
      const { id } = image;
      if (image.status === 'unknown') return [];
      if (image.status === 'refused') return [[id, { code: image.code, reason: image.reason }]];
      return [[id, image.status === 'unreadable' ? UNREADABLE : 'changed']];
    }),
  );
}

const UNREADABLE: Refusal = {
  code: 'unreadable_record',
  reason: 'its record cannot be read: upload or import it again',
};

const jsonOf = ({ images, stopped }: ChangeReport) => ({
  images: images.map((image) => ({ ...image, tagged: image.failure === undefined })),
  ...(stopped && { stopped }),
});

function linesOf({ images, stopped }: ChangeReport): string[] {
  const done = images.filter(({ failure }) => failure === undefined);
  const failed = images.filter(({ failure }) => failure !== undefined && failure !== stopped);
  const left = images.filter(({ failure }) => failure !== undefined && failure === stopped);
  return [
    ...failed.map(({ id, name = id, failure }) => whyNot(name, failure!)),
    `${counted(done.length, 'image')} changed; searches find the new words within seconds`,
    ...(stopped
      ? [
          `stopped: ${stopped.reason}`,
          `${counted(left.length, 'image')} not changed. The first of them is ${left[0]!.id}: ask again when the cause is gone; what is changed stays as it is.`,
        ]
      : []),
  ].map(visibleText);
}

/** Of what is not there, the reason has the name. */
const whyNot = (name: string, { code, reason }: Refusal): string =>
  `not changed: ${code === NOT_FOUND ? reason : `${name}: ${reason}`}`;

/** 0 when all are changed, 1 when it ended before, else 2. */
function exitCodeOf({ images, stopped }: ChangeReport): number {
  if (stopped) return 1;
  return images.every(({ failure }) => failure === undefined) ? 0 : 2;
}
