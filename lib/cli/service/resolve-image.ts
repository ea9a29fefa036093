import { StatusAnswer } from '../../api/images/image.ts';
import { isImageId } from '../../domain/ids.ts';
import { callApi, type Locate } from './client.ts';
import { CommandError } from '../terminal/command-error.ts';

interface ResolvedImage {
  readonly id: string;
  /** As it was asked for where its record cannot be read. */
  readonly name: string;
}

/**
 * The image that somebody means by an id, or by its name. What looks like an id is one, unless an image has it as its name. One whose
 * record cannot be read is there: the API says of it what can be done.
 * @throws CommandError `image_not_found`
 */
export async function resolveImage(locate: Locate, idOrName: string): Promise<ResolvedImage> {
  const byName = await ask(locate, { names: [idOrName, idOrName.normalize('NFC')] });
  const found = byName ?? (isImageId(idOrName) ? await ask(locate, { ids: [idOrName] }) : undefined);
  if (found) return found;
  throw new CommandError(
    'image_not_found',
    `${idOrName} is not there; if a search shows it, its record is lost: "gloss add" its file again`,
  );
}

async function ask(locate: Locate, body: object & Partial<Record<'ids' | 'names', string[]>>) {
  const { images } = await callApi(locate, '/v1/images/status', StatusAnswer, body);
  const [asked] = body.ids ?? body.names ?? [];
  for (const image of images) {
    if (image.status === 'unreadable') return { id: image.id, name: asked! };
    if (image.status !== 'unknown' && image.status !== 'removed') return image;
  }
  return undefined;
}
