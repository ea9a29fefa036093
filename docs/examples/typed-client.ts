/**
 * Uploads a picture, waits until it is searchable, searches, and prints the crops that earned it its place, with the client.
 *   GLOSS_URL=http://localhost:8080 GLOSS_KEY=gls_... node docs/examples/typed-client.ts beach.jpg "red kite"
 */
import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { createClient, GlossProblem } from '../../lib/client/index.ts'; // 'gloss-search' where the package is installed

const { GLOSS_URL = '', GLOSS_KEY = '' } = process.env;
const [path = '', query = ''] = process.argv.slice(2);
const gloss = createClient(GLOSS_URL, GLOSS_KEY);

// 1. Send it. A picture whose content is there already is not sent again.
try {
  const { status, name } = await gloss.upload(await openAsBlob(path), {
    name: basename(path),
    onProgress: ({ phase, sentBytes, totalBytes }) =>
      console.error(`${phase}: ${sentBytes} of ${totalBytes} bytes`),
  });
  console.error(`${name} is ${status}`);
} catch (error) {
  // What the service refused and what failed afterwards have a code for programs and a sentence for people.
  if (error instanceof GlossProblem) console.error(`${error.code}: ${error.message}`);
  throw error;
}

// 2. Search. A hit has the views with words of the query; a crop is a part of the picture.
for await (const { name, views } of gloss.search(query)) {
  for (const { kind, box, words, cropUrl } of views) {
    if (kind !== 'crop' || !box || cropUrl === undefined) continue;
    console.log(
      `${name}: ${words.join(', ')} at ${box.left},${box.top} ${box.width}x${box.height}: ${cropUrl}`,
    );
  }
}
