import { ImagesPage, type ExpectedImage, type Image } from '../../api/images/image.ts';
import type { ListedStatus } from '../../api/images/schema.ts';
import { callApi, type Locate } from './client.ts';

/** All images of a tenant, page by page, in order of id. */
export async function* allImages(locate: Locate): AsyncGenerator<readonly Image[]> {
  for await (const { images } of pages(locate, {})) yield images;
}

/** Those that stand in one way, page by page, in order of id; a page may be empty. */
export async function* imagesThatAre(
  locate: Locate,
  status: ListedStatus,
): AsyncGenerator<readonly (Image | ExpectedImage)[]> {
  for await (const { images, expected = [] } of pages(locate, { status })) yield [...images, ...expected];
}

async function* pages(
  locate: Locate,
  wanted: { readonly status?: ListedStatus },
): AsyncGenerator<ImagesPage> {
  let cursor: string | undefined;
  do {
    const parameters = new URLSearchParams({
      limit: '100',
      ...wanted,
      ...(cursor !== undefined && { cursor }),
    });
    const page: ImagesPage = await callApi(locate, `/v1/images?${parameters}`, ImagesPage);
    yield page;
    ({ cursor } = page);
  } while (cursor !== undefined);
}
