import { ImagesPage, type Image } from '../../api/images/image.ts';
import { callApi, type Locate } from './client.ts';

/** All images of a tenant, page by page, in order of id. */
export async function* allImages(locate: Locate): AsyncGenerator<readonly Image[]> {
  let cursor: string | undefined;
  do {
    const after = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: ImagesPage = await callApi(locate, `/v1/images?limit=100${after}`, ImagesPage);
    yield page.images;
    ({ cursor } = page);
  } while (cursor !== undefined);
}
