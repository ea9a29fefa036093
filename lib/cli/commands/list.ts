import { Command, Option } from 'commander';
import { Image } from '../../api/images/image.ts';
import { sizeText } from '../../domain/size-text.ts';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';
import { allImages } from '../service/all-images.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { counted } from '../terminal/counted.ts';
import { withConnection } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';
import { shorten, terminalColumns } from '../terminal/shorten.ts';

interface Options extends ConnectionOptions {
  readonly status?: Image['status'];
  readonly json?: true;
}

const STATUSES = Image.shape.status.options.filter((status) => status !== 'removed');

/** `gloss list`: what a tenant has, and how each of it stands. */
export const listCommand = withConnection(
  new Command('list')
    .description('all images with id, status, size and name, and why those failed that did')
    .addOption(new Option('--status <status>', 'these alone').choices(STATUSES)),
).action(async (options: Options) => {
  const { status, json } = options;
  const images: Image[] = [];
  for await (const page of allImages(() => connect(options))) {
    const wanted = page.filter((image) => status === undefined || image.status === status);
    images.push(...wanted);
    if (!json) for (const image of wanted) print(lineOf(image, terminalColumns()));
  }
  print(json ? visibleJson({ images }) : counted(images.length, 'image'));
});

const LONGEST_STATUS = 10;
const LONGEST_SIZE = 9;
const SHORTEST_NAME = 20;

/** @param columns that the line may take; the name gives way, and the reason goes to a line of its own */
export function lineOf({ id, status, name, bytes, failure }: Image, columns: number): string {
  const size = bytes === undefined ? '' : sizeText(bytes);
  const head = `${id}  ${status.padEnd(LONGEST_STATUS)}  ${size.padStart(LONGEST_SIZE)}  `;
  const shown = shorten(visibleText(name), Math.max(SHORTEST_NAME, columns - head.length));
  return `${head}${shown}${failure ? `\n  ${visibleText(failure.reason)}` : ''}`;
}
