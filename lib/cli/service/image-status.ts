import { StatusAnswer } from '../../api/images/image.ts';
import { isImageId } from '../../domain/ids.ts';
import { callApi, type Locate } from './client.ts';

export type AskedImage = StatusAnswer['images'][number];

/** How an image stands that somebody means by its name, or else by its id; removed ones too. Cost: one request, or two. */
export async function imageStatus(locate: Locate, asked: string): Promise<AskedImage> {
  const by = async (what: 'names' | 'ids') =>
    (await callApi(locate, '/v1/images/status', StatusAnswer, { [what]: [asked] })).images[0]!;
  const named = await by('names');
  return named.status === 'unknown' && isImageId(asked) ? by('ids') : named;
}
