import type { Item } from '../world/dynalite-parts.ts';
import { imageIdOf, parseTenantId, type ImageId } from '../../lib/domain/ids.ts';
import { uploadKey } from '../../lib/domain/object-key.ts';
import { openService } from './open-service.ts';
import { bucketOf, drawPictures } from './story.ts';

/** A tenant in a new world, and what somebody does who loses parts of it. */

const DAY_MS = 24 * 3_600_000;
const TENANT = parseTenantId('acme');

export const pictures = await drawPictures();
export const idOf = (name: string): ImageId => imageIdOf(TENANT, name);

export async function openTenant() {
  const opened = await openService();
  const { world, service, ask, operator } = opened;
  const key = await opened.makeTenant(TENANT, { cropPolicy: 'none' });
  const table = (name: 'Images' | 'Index' | 'Tenants') =>
    world.dynamoDb.table(world.topology.tables.find((one) => one.name.includes(name))!.name);
  const answerOf = async (method: string, path: string, by: string, body?: unknown) => {
    const { status, json } = await ask(method, path, by, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(json)}`);
    return json as Record<string, unknown>;
  };
  return {
    ...opened,
    key,
    table,
    answerOf,
    put: (name: string, Body: Uint8Array = pictures.small) =>
      world.s3.PutObject(
        { Bucket: bucketOf(world), Key: uploadKey(TENANT, name), Body, ContentType: 'image/jpeg' },
        'ObjectCreated:Put',
      ),
    remove: (name: string) =>
      world.s3.DeleteObject({ Bucket: bucketOf(world), Key: uploadKey(TENANT, name) }),
    /** What happens in the bucket without an event. */
    untold: async (happens: () => unknown) => {
      const { sqs } = world;
      const send = sqs.SendMessage.bind(sqs);
      sqs.SendMessage = () => ({ MessageId: '', MD5OfMessageBody: '' });
      await happens();
      sqs.SendMessage = send;
    },
    /** Documents of one text each. */
    imports: (texts: Readonly<Record<string, string>>) => {
      const documents = Object.entries(texts).map(([id, text]) => ({ id, texts: [text] }));
      return answerOf('POST', '/v1/documents', key, { documents });
    },
    /** Lets days pass, with all that is done on each. */
    days: async (count: number) => {
      for (let day = 0; day < count; day += 1) {
        world.time.moveTo(world.time.nowMs() + DAY_MS + 60_000);
        service.runSchedules();
        await service.settle();
      }
    },
    /** What a check says, a kind and an image each. */
    differences: async () => {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const at = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
        const page = await answerOf('GET', `/v1/tenants/${TENANT}/index/check${at}`, operator);
        const { differences } = page as { differences: { what: string; image?: string }[] };
        found.push(...differences.map(({ what, image }) => (image ? `${what} ${image}` : what)));
        ({ cursor } = page as { cursor?: string });
      } while (cursor !== undefined);
      return found;
    },
    /** `name: status`, in order. */
    images: async () => {
      const { images } = await answerOf('GET', '/v1/images?limit=100', key);
      return (images as { name: string; status: string }[])
        .map(({ name, status }) => `${name}: ${status}`)
        .toSorted();
    },
    /** Names, in order. */
    found: async (query: string) => {
      const { hits } = await answerOf('GET', `/v1/search?q=${query}&limit=100`, key);
      return (hits as { name: string }[]).map(({ name }) => name).toSorted();
    },
    /** Live documents of the index. */
    documents: async () => (await answerOf('GET', `/v1/tenants/${TENANT}/index`, operator))['documents'],
    reindex: async () => {
      await answerOf('POST', `/v1/tenants/${TENANT}/index/rebuild`, operator);
      await service.settle();
    },
    deadLetters: () =>
      world.topology.queues
        .filter(({ name }) => name.includes('DeadLetters'))
        .flatMap(({ name }) => world.sqs.bodies(name)),
    glossOf: (name: string): Item => table('Images').get(`${TENANT}/gloss/${idOf(name)}`, 'gloss')!,
  };
}
