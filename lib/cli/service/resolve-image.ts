import { StatusAnswer } from '../../api/images/image.ts';
import { isImageId } from '../../domain/ids.ts';
import { callApi, type Locate } from './client.ts';
import { CommandError } from '../terminal/command-error.ts';

export interface ResolvedImage {
  readonly id: string;
  /** As it was asked for where its record cannot be read. */
  readonly name: string;
  /** It was invited, and nothing of it is known to have arrived. */
  readonly isExpected?: true;
}

/**
 * The image that somebody means by an id, or by its name, also an expected one. What looks like an id is one, unless an image has it as its name. One whose
 * record cannot be read is there, and an id without a record may be: the API says of them what can be done.
 * @throws CommandError `image_not_found`
 */
export async function resolveImage(locate: Locate, idOrName: string): Promise<ResolvedImage> {
  if (idOrName === '') throw new CommandError('image_not_found', 'name an image: this name is empty');
  const byName = await ask(locate, { names: [...new Set([idOrName, idOrName.normalize('NFC')])] });
  if (byName.image) return byName.image;
  const byId = isImageId(idOrName) ? await ask(locate, { ids: [idOrName] }) : undefined;
  if (byId?.image) return byId.image;
  // Searches may find it all the same, by its words.
  if (byId && !byId.isRemoved) return { id: idOrName, name: idOrName };
  throw new CommandError('image_not_found', `${idOrName} is not there`);
}

/** The same for what needs an image that is there. @throws CommandError `image_not_found`, also of an expected one */
export async function resolveArrived(locate: Locate, idOrName: string): Promise<ResolvedImage> {
  const image = await resolveImage(locate, idOrName);
  if (!image.isExpected) return image;
  const why = `${image.name} is not there yet: it was invited to be uploaded, and nothing has arrived`;
  throw new CommandError('image_not_found', why);
}

interface Found {
  readonly image?: ResolvedImage;
  readonly isRemoved: boolean;
}

async function ask(
  locate: Locate,
  body: object & Partial<Record<'ids' | 'names', string[]>>,
): Promise<Found> {
  const { images } = await callApi(locate, '/v1/images/status', StatusAnswer, body);
  const [asked] = body.ids ?? body.names ?? [];
  const isRemoved = images.some(({ status }) => status === 'removed');
  for (const image of images) {
    if (image.status === 'unreadable') return { image: { id: image.id, name: asked! }, isRemoved };
    if (image.status === 'expected') return { image: { ...image, isExpected: true }, isRemoved };
    if ('sequencer' in image && image.status !== 'removed') return { image, isRemoved };
  }
  return { isRemoved };
}
