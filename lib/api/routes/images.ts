import { Hono } from 'hono';
import { GlossError } from '../../domain/errors.ts';
import { parseImageId } from '../../domain/ids.ts';
import { deleteImage } from '../../steps/images/remove-image.ts';
import type { ApiDeps } from '../app.ts';
import { allow, type ApiEnv } from '../authenticate.ts';
import { openCursor, sealCursor } from '../cursors.ts';
import { addressesJson, glossJson, statusJson } from '../image-json.ts';
import { ImagePath, ListParameters, NoParameters, StatusBody } from '../schemas.ts';
import { body, path, query } from '../validate.ts';

/** What cursors of the list of images are sealed for. */
const LIST = 'images';

/** Images by id: GET / lists, POST /status asks for many, GET /:id shows one, DELETE /:id removes it. */
export function imageRoutes(deps: ApiDeps) {
  return new Hono<ApiEnv>()
    .get('/', allow('search'), query(ListParameters), async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const { secret } = c.get('account');
      const after = cursor === undefined ? {} : { after: parseImageId(openCursor(secret, LIST, cursor)) };
      const page = { limit, ...after };
      const { records, next } = await deps.records.list(c.get('tenant'), page);
      const images = records.filter(({ status }) => status !== 'removed').map(statusJson);
      return c.json({ images, ...(next && { cursor: sealCursor(secret, LIST, next) }) });
    })
    .post('/status', allow('search'), body(StatusBody), async (c) => {
      const { ids: imageIds } = c.req.valid('json');
      const records = await deps.records.getMany(c.get('tenant'), imageIds);
      const images = imageIds.map((id) => {
        const record = records.get(id);
        return record ? statusJson(record) : { id, status: 'unknown' as const };
      });
      return c.json({ images });
    })
    .get('/:id', allow('search'), path(ImagePath), query(NoParameters), async (c) => {
      const tenant = c.get('tenant');
      const imageId = c.req.valid('param').id;
      const record = await deps.records.get(tenant, imageId);
      if (!record || record.status === 'removed') {
        throw new GlossError('not_found', 'image_not_found', 'there is no such image');
      }
      const gloss = (await deps.glosses.getMany(tenant, [imageId])).get(imageId);
      return c.json({
        ...statusJson(record),
        ...(await addressesJson(deps.objects, tenant, record)),
        ...(gloss && { gloss: await glossJson(deps.objects, tenant, record, gloss) }),
      });
    })
    .delete('/:id', allow('delete'), path(ImagePath), async (c) => {
      await deleteImage(deps, c.get('tenant'), c.req.valid('param').id);
      return c.body(null, 204);
    });
}
