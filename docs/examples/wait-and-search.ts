/**
 * Waits until an image is searchable, searches, and prints what was found.
 *   GLOSS_URL=http://localhost:8080 GLOSS_KEY=gls_... node docs/examples/wait-and-search.ts IMAGE_ID "red kite"
 */
import { setTimeout as pause } from 'node:timers/promises';

const { GLOSS_URL, GLOSS_KEY } = process.env;
const [id, query] = process.argv.slice(2);
if (GLOSS_URL === undefined || GLOSS_KEY === undefined || id === undefined || query === undefined)
  throw new Error('set GLOSS_URL and GLOSS_KEY, and name an image id and a query');

async function ask<Answer>(path: string): Promise<Answer> {
  const response = await fetch(`${GLOSS_URL}${path}`, { headers: { authorization: `Bearer ${GLOSS_KEY}` } });
  if (!response.ok)
    throw new Error(`${path}: ${response.status} ${await response.text()}`, { cause: response.status });
  return (await response.json()) as Answer;
}

interface Image {
  readonly status: string;
  readonly failure?: { readonly reason: string };
}
for (;;) {
  const response = await ask<Image>(`/v1/images/${id}`).catch((error: unknown) => {
    // An upload that is on its way is not known yet; waiting changes nothing else.
    if (error instanceof Error && error.cause === 404) return error;
    throw error;
  });
  if (response instanceof Error) console.error(`not there yet: ${response.message}`);
  else if (response.status === 'failed') throw new Error(response.failure?.reason);
  else if (response.status === 'searchable') break;
  await pause(500);
}

const { hits } = await ask<{ hits: { name: string; score: number }[] }>(
  `/v1/search?q=${encodeURIComponent(query)}`,
);
for (const { name, score } of hits) console.log(`${score.toFixed(2)} ${name}`);
