import { StatusAnswer, type Image } from '../../api/images/image.ts';
import { isImageId } from '../../domain/ids.ts';
import { callApi, type Locate } from './client.ts';
import { CommandError } from '../terminal/command-error.ts';

/**
 * The image that somebody means by an id, or by its name. What looks like an id is one, unless an image has it as its name.
 * @throws CommandError `image_not_found`
 */
export async function resolveImage(locate: Locate, idOrName: string): Promise<Image> {
  const byName = await ask(locate, { names: [idOrName, idOrName.normalize('NFC')] });
  const found = byName ?? (isImageId(idOrName) ? await ask(locate, { ids: [idOrName] }) : undefined);
  if (found) return found;
  throw new CommandError('image_not_found', `${idOrName} is not there`);
}

async function ask(locate: Locate, body: object): Promise<Image | undefined> {
  const { images } = await callApi(locate, '/v1/images/status', StatusAnswer, body);
  return images.find((image): image is Image => 'sequencer' in image && image.status !== 'removed');
}
