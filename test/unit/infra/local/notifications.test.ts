import { expect, test } from 'vitest';
import { concerns } from '../../../../infra/local/notifications.ts';

test.each([
  ['s3:ObjectCreated:*', 'uploads/', '', 'ObjectCreated:Put', 'uploads/demo/cat.jpg', true],
  [
    's3:ObjectCreated:*',
    'uploads/',
    '',
    'ObjectCreated:CompleteMultipartUpload',
    'uploads/demo/cat.jpg',
    true,
  ],
  ['s3:ObjectCreated:*', 'uploads/', '', 'ObjectRemoved:Delete', 'uploads/demo/cat.jpg', false],
  ['s3:ObjectCreated:Put', '', '', 'ObjectCreated:Post', 'a', false],
  ['s3:ObjectCreated:*', 'uploads/', '', 'ObjectCreated:Put', 'thumbnails/demo/cat.jpg', false],
  ['s3:ObjectCreated:*', '', '.jpg', 'ObjectCreated:Put', 'cat.png', false],
  ['s3:ObjectCreated:*', 'my photos/', 'é+.jpg', 'ObjectCreated:Put', 'my photos/café+.jpg', true],
])('%s with prefix %j and suffix %j, of %s %s: %s', (event, prefix, suffix, name, key, expected) => {
  expect(concerns({ event, prefix, suffix, queueUrl: '' }, name, key)).toBe(expected);
});
