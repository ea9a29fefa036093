import { Command, Option } from 'commander';
import type { ExpectedImage, Image } from '../../api/images/image.ts';
import { LISTED } from '../../api/images/schema.ts';
import { sizeText } from '../../domain/size-text.ts';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';
import type { ListedStatus } from '../../api/images/schema.ts';
import { allImages, imagesThatAre } from '../service/all-images.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { counted } from '../terminal/counted.ts';
import { withConnection } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';
import { waitingText } from '../terminal/waiting-text.ts';
import { shorten, terminalColumns } from '../terminal/shorten.ts';

interface Options extends ConnectionOptions {
  readonly status?: ListedStatus;
  readonly json?: true;
}

/** `gloss list`: what a tenant has, and how each of it stands. */
export const listCommand = withConnection(
  new Command('list')
    .description('all images with id, status, size and name, and why those failed or wait that do')
    .addOption(
      new Option(
        '--status <status>',
        'these alone; expected: invited to be uploaded, and not there yet',
      ).choices(LISTED),
    ),
).action(async (options: Options) => {
  const { status, json } = options;
  const locate = () => connect(options);
  const images: Listed[] = [];
  for await (const page of status === undefined ? allImages(locate) : imagesThatAre(locate, status)) {
    images.push(...page);
    if (!json) for (const image of page) print(lineOf(image, terminalColumns()));
  }
  print(json ? visibleJson({ images }) : counted(images.length, 'image'));
});

type Listed = Image | ExpectedImage;

const LONGEST_STATUS = 10;
const LONGEST_SIZE = 9;
const SHORTEST_NAME = 20;

/** @param columns that the line may take; the name gives way, and the reason goes to a line of its own */
export function lineOf(image: Listed, columns: number): string {
  const { id, status, name, bytes } = image;
  const failure = 'failure' in image ? image.failure : undefined;
  const waiting = 'waiting' in image ? image.waiting : undefined;
  const reason = failure?.reason ?? (waiting && waitingText(waiting));
  const size = bytes === undefined ? '' : sizeText(bytes);
  const rest = `${status.padEnd(LONGEST_STATUS)}  ${size.padStart(LONGEST_SIZE)}  `;
  const whole = `${id}  ${rest}`;
  // A name says as well which image it is.
  const head = whole.length + SHORTEST_NAME <= columns ? whole : rest;
  const shown = shorten(visibleText(name), Math.max(SHORTEST_NAME, columns - head.length));
  return `${head}${shown}${reason === undefined ? '' : `\n  ${visibleText(reason)}`}`;
}
