import type { Hit } from '../../api/search/schema.ts';
import { pictureSequence, showsPictures } from '../terminal/picture.ts';
import { printPicture } from '../terminal/print.ts';
import { send } from './client.ts';

/** More would push the table out of sight. */
const SHOWN = 5;
const ROWS = 6;

/** Shows the first hits as pictures, in terminals that can. One that does not come is left out. */
export async function printThumbnails(hits: readonly Hit[]): Promise<void> {
  if (!showsPictures(process.stdout, process.env)) return;
  const pictures = await Promise.all(hits.slice(0, SHOWN).map(({ thumbnailUrl }) => fetched(thumbnailUrl)));
  for (const [i, picture] of pictures.entries())
    if (picture) printPicture(pictureSequence(picture, ROWS), `${i + 1} ${hits[i]!.name}`);
}

async function fetched(url: string | undefined): Promise<Uint8Array | undefined> {
  if (url === undefined) return undefined;
  try {
    const response = await send(url, {});
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}
