import { Command, Option } from 'commander';
import { Image, ImagesPage, ShownImage } from '../../api/images/image.ts';
import type { ShownView } from '../../api/images/view.ts';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';
import { callApi } from '../service/client.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { counted } from '../terminal/counted.ts';
import { withConnection } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';

interface Options extends ConnectionOptions {
  readonly json?: true;
}

/** `gloss images`: what a tenant has, and how each of it stands. */
export const imagesCommand = new Command('images').description('list images, and show one with its words');

const STATUSES = Image.shape.status.options.filter((status) => status !== 'removed');

withConnection(
  imagesCommand
    .command('list', { isDefault: true })
    .description('all images with their status; without a command, this one')
    .addOption(new Option('--status <status>', 'these alone').choices(STATUSES)),
).action(async (options: Options & { readonly status?: Image['status'] }) => {
  const { status, json } = options;
  const images: Image[] = [];
  let cursor: string | undefined;
  do {
    const after = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: ImagesPage = await callApi(
      () => connect(options),
      `/v1/images?limit=100${after}`,
      ImagesPage,
    );
    const wanted = page.images.filter((image) => status === undefined || image.status === status);
    images.push(...wanted);
    if (!json) for (const image of wanted) print(lineOf(image));
    ({ cursor } = page);
  } while (cursor !== undefined);
  print(json ? visibleJson({ images }) : counted(images.length, 'image'));
});

withConnection(
  imagesCommand
    .command('show')
    .description('an image with its addresses and its words, view by view')
    .argument('<id>', 'as "gloss images" and "gloss search --json" print it'),
).action(async (id: string, options: Options) => {
  const image = await callApi(() => connect(options), `/v1/images/${encodeURIComponent(id)}`, ShownImage);
  print(options.json ? visibleJson(image) : linesOf(image).join('\n'));
});

const lineOf = ({ id, status, name, failure }: Image): string =>
  `${id}  ${status}  ${visibleText(name)}${failure ? `: ${visibleText(failure.reason)}` : ''}`;

function linesOf(image: ShownImage): string[] {
  const { bytes, format, widthPx, heightPx, createdAt, updatedAt, url, gloss } = image;
  return [
    lineOf(image),
    ...(bytes === undefined ? [] : [`${bytes} bytes`]),
    ...(widthPx === undefined ? [] : [`${format ?? 'picture'}, ${widthPx} x ${heightPx ?? '?'} pixels`]),
    `made ${createdAt}, changed ${updatedAt}`,
    ...(url === undefined ? [] : [`for 15 minutes at ${url}`]),
    ...(gloss ? gloss.views.map(viewText) : []),
  ];
}

const viewText = ({ index, kind, ask, tags, caption, visibleText: text }: ShownView): string =>
  visibleText(
    `view ${index} (${kind}${ask === undefined ? '' : `, ask ${ask}`}): ${[tags.join(', '), caption, text].filter((words) => words !== '').join('; ')}`,
  );
