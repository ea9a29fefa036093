import { DeletionAnswer } from '../../api/images/image.ts';
import { changeImages, type Changed, type ChangeReport } from './change-images.ts';
import { callApi, type Locate } from './client.ts';

interface Deletion extends Changed {
  readonly deleted: boolean;
}

export interface DeleteReport extends ChangeReport {
  readonly images: readonly Deletion[];
}

/** Deletes images, part by part. @throws CommandError as `changeImages` */
export async function deleteImages(locate: Locate, wanted: readonly string[]): Promise<DeleteReport> {
  const report = await changeImages(locate, wanted, async (ids) => {
    const { images } = await callApi(locate, '/v1/images/deletion', DeletionAnswer, { ids });
    const removed = images.filter(({ status }) => status === 'removed');
    return new Map(removed.map(({ id }) => [id, 'changed']));
  });
  return {
    ...report,
    images: report.images.map(({ failure, ...image }) => ({
      ...image,
      deleted: failure === undefined,
      ...(failure && { failure }),
    })),
  };
}
