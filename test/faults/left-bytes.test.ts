import { expect, it } from 'vitest';
import sharp from 'sharp';
import { openService } from './open-service.ts';

/** Bytes of versions that went without a word count no longer than until the next sweep. */

const HOUR_MS = 3_600_000;
const pictureOf = (r: number) =>
  sharp({ create: { width: 64, height: 64, channels: 3, background: { r, g: 90, b: 160 } } })
    .jpeg()
    .toBuffer();

it.each([
  ['all versions of a key, and nothing else is there', ['a.jpg'], 0],
  ['all versions of a key, beside another picture', ['a.jpg', 'b.jpg'], 0],
  ['all but a delete marker, and nothing else is there', ['a.jpg'], 1],
])('S3 has lost %s', async (_what, names, markersLeft) => {
  const { world, service, ask, makeTenant } = await openService();
  const key = await makeTenant('acme', { cropPolicy: 'none' });
  const Bucket = world.topology.buckets[0]!.name;
  world.time.moveTo(world.time.nowMs() + HOUR_MS);
  const sizes = new Map<string, number>();
  for (const r of [10, 99]) {
    for (const name of names) {
      const Body = await pictureOf(r);
      sizes.set(name, (sizes.get(name) ?? 0) + Body.length);
      const Key = `uploads/acme/${name}`;
      await world.s3.PutObject({ Bucket, Key, Body, ContentType: 'image/jpeg' }, 'ObjectCreated:Put');
    }
    await service.settle();
  }
  const Key = 'uploads/acme/a.jpg';
  world.s3.DeleteObject({ Bucket, Key });
  await service.settle();
  const bytes = async () => {
    const { json } = await ask('GET', '/v1/usage', key);
    return (json as { stored: { bytes: number } }).stored.bytes;
  };
  const all = [...sizes.values()].reduce((a, b) => a + b, 0);
  expect(await bytes()).toBe(all);
  const { Versions = [], DeleteMarkers = [] } = world.s3.ListObjectVersions({ Bucket, Prefix: Key });
  const lost = [...Versions, ...DeleteMarkers.slice(markersLeft)];
  const { sqs } = world;
  const send = sqs.SendMessage.bind(sqs);
  sqs.SendMessage = () => ({ MessageId: '', MD5OfMessageBody: '' });
  for (const { VersionId } of lost) world.s3.DeleteObject({ Bucket, Key, VersionId });
  sqs.SendMessage = send;
  world.time.moveTo(world.time.nowMs() + 26 * HOUR_MS);
  service.runSchedules();
  await service.settle();
  expect(await bytes()).toBe(all - sizes.get('a.jpg')!);
});
