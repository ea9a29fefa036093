/**
 * Uploads a picture, waits until it is searchable, searches, and prints the crops that earned it its place, with the typed
 * client.
 *   GLOSS_URL=http://localhost:8080 GLOSS_KEY=gls_... node docs/examples/typed-client.ts beach.jpg "red kite"
 */
import { parseResponse } from 'hono/client';
import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '../../lib/client/create-client.ts';

const { GLOSS_URL = '', GLOSS_KEY = '' } = process.env;
const [path = '', query = ''] = process.argv.slice(2);
const gloss = createClient(GLOSS_URL, GLOSS_KEY);
const picture = await openAsBlob(path);

// 1. Ask for a place to upload to. parseResponse throws what is no success.
const files = [{ name: basename(path), bytes: picture.size, contentType: 'image/jpeg' }];
const { uploads } = await parseResponse(gloss.v1.uploads.$post({ json: { files } }));
const [upload] = uploads;
if (upload?.status === 'refused') throw new Error(upload.failure.reason);
if (upload?.status !== 'accepted') throw new Error(`${path} is there`);

// 2. Post the form: the fields as they were given, and the file last.
const before = await stateOf(upload.id);
const form = new FormData();
for (const [field, value] of Object.entries(upload.fields)) form.append(field, value);
form.append('file', picture);
const posted = await fetch(upload.url, { method: 'POST', body: form });
if (!posted.ok) throw new Error(`the upload: ${posted.status} ${await posted.text()}`);

// 3. Wait. Until the service has heard of the upload, a new image is unknown, and one of the same name is as it was.
for (;;) {
  const image = await stateOf(upload.id);
  const isNew = 'sequencer' in image && !('sequencer' in before && image.sequencer === before.sequencer);
  if (isNew && image.status === 'searchable') break;
  if (isNew && image.status === 'failed') throw new Error(image.failure?.reason);
  await pause(500);
}

// 4. Search. A hit has the views with words of the query; a crop is a part of the picture.
const { hits } = await parseResponse(gloss.v1.search.$get({ query: { q: query } }));
for (const { name, views } of hits) {
  for (const { kind, box, words, cropUrl } of views) {
    if (kind !== 'crop' || !box || cropUrl === undefined) continue;
    console.log(
      `${name}: ${words.join(', ')} at ${box.left},${box.top} ${box.width}x${box.height}: ${cropUrl}`,
    );
  }
}

async function stateOf(id: string) {
  const { images } = await parseResponse(gloss.v1.images.status.$post({ json: { ids: [id] } }));
  return images[0]!; // in the order asked
}
