import { ShownImage } from '../../api/images/image.ts';
import { CommandError } from '../terminal/command-error.ts';
import { callApi, type Locate } from './client.ts';
import { openAddress } from './open-address.ts';

/**
 * Shows an image's picture in the browser.
 * @returns its address
 * @throws CommandError `no_picture`, `no_browser`
 */
export async function openImage(locate: Locate, id: string): Promise<string> {
  const { name, url, status } = await callApi(locate, `/v1/images/${id}`, ShownImage);
  if (url === undefined)
    throw new CommandError('no_picture', `${name} has no picture to show (${status}): see "gloss show"`);
  await openAddress(url);
  return url;
}
