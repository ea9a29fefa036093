import { Command } from 'commander';
import { ShownImage } from '../../api/images/image.ts';
import type { ShownView, WrittenJson } from '../../api/images/view.ts';
import { sizeText } from '../../domain/size-text.ts';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';
import { callApi } from '../service/client.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { resolveArrived } from '../service/resolve-image.ts';
import { momentText } from '../terminal/moment.ts';
import { withConnection } from '../terminal/options.ts';
import { waitingText } from '../terminal/waiting-text.ts';
import { print } from '../terminal/print.ts';

/** `gloss show`: one image with its words. */
export const showCommand = withConnection(
  new Command('show')
    .description('an image with its addresses and its words, view by view')
    .argument('<image>', 'its name, or its id as "gloss list" prints it'),
).action(async (image: string, options: ConnectionOptions & { readonly json?: true }) => {
  const locate = () => connect(options);
  const { id } = await resolveArrived(locate, image);
  const shown = await callApi(locate, `/v1/images/${id}`, ShownImage);
  print(options.json ? visibleJson(shown) : linesOf(shown).join('\n'));
});

function linesOf(image: ShownImage): string[] {
  const { id, status, name, bytes, sha256, format, widthPx, heightPx, notes = [], failure, waiting } = image;
  const { createdAt, updatedAt, url, gloss } = image;
  return [
    `${id}  ${status}  ${visibleText(name)}`,
    ...(failure ? [visibleText(failure.reason)] : []),
    ...(waiting ? [visibleText(waitingText(waiting))] : []),
    ...(bytes === undefined ? [] : [sizeText(bytes)]),
    ...(widthPx === undefined ? [] : [`${format ?? 'picture'}, ${widthPx} x ${heightPx ?? '?'} pixels`]),
    ...notes.map(({ text }) => visibleText(text)),
    ...(sha256 === undefined ? [] : [`SHA-256 ${sha256}`]),
    `made ${momentText(createdAt)}, changed ${momentText(updatedAt)}`,
    ...(url === undefined ? [] : [`for 15 minutes at ${url}`]),
    ...(gloss?.file ? fileLines(gloss.file) : []),
    ...(gloss ? gloss.views.map(viewText) : []),
  ];
}

/** What the file says of itself. */
const fileLines = ({ keywords = [], title, description, takenAt, camera }: WrittenJson): string[] =>
  [
    ['keywords', keywords.join(', ')],
    ['title', title],
    ['description', description],
    ['taken', takenAt],
    ['camera', camera],
  ].flatMap(([name, value]) => (value ? [`${name!}: ${visibleText(value)}`] : []));

const viewText = ({ index, kind, ask, tags, caption, visibleText: text }: ShownView): string =>
  visibleText(
    `view ${index} (${kind}${ask === undefined ? '' : `, ask ${ask}`}): ${[tags.join(', '), caption, text].filter((words) => words !== '').join('; ')}`,
  );
