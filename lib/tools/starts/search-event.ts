import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { COCO_CLASSES } from '../../../infra/local/bedrock/coco-classes.ts';
import type { LocalStack } from '../../../infra/local/local-stack.ts';
import { parseTenantId } from '../../domain/ids.ts';
import { embeddedTenants, makeTenantKey } from '../../cli/service/tenant-keys.ts';

const DOCUMENTS = 400;
const CAPTIONS = 5;
/** Documents of one request. */
const BATCH = 100;
const QUERY = 'dog bench';

/**
 * A search of two words for API Gateway to bring, and 400 documents of five captions that are searchable when it comes. A page of
 * hits is full.
 */
export async function searchEvent(stack: LocalStack): Promise<object> {
  const key = await makeTenantKey(embeddedTenants(stack.tenantsEnvironment()), parseTenantId('starts'));
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  for (let from = 0; from < DOCUMENTS; from += BATCH) {
    const documents = Array.from({ length: BATCH }, (_, i) => documentOf(from + i));
    const { status } = await fetch(`${stack.apiUrl}/v1/documents`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ documents }),
    });
    if (status !== 202) throw new Error(`the documents were answered by ${status}`);
  }
  for (let found = 0; found < DOCUMENTS;) {
    await pause(200);
    const answer = await fetch(`${stack.apiUrl}/v1/search?q=dog`, { headers });
    ({ docCount: found } = ((await answer.json()) as { figures: { docCount: number } }).figures);
  }
  const example = JSON.parse(
    await readFile(new URL('../../../events/search.json', import.meta.url), 'utf8'),
  ) as {
    readonly headers: object;
  };
  return {
    ...example,
    rawQueryString: new URLSearchParams({ q: QUERY }).toString(),
    queryStringParameters: { q: QUERY },
    headers: { ...example.headers, ...headers },
  };
}

function documentOf(number: number): { readonly id: string; readonly texts: readonly string[] } {
  const thing = (i: number) => COCO_CLASSES[(number * 7 + i * 13) % COCO_CLASSES.length]!;
  return {
    id: `photo-${number}`,
    texts: Array.from(
      { length: CAPTIONS },
      (_, i) => `a ${thing(i)} beside a ${thing(i + 1)} and the ${thing(i * 2)}, seen from window ${number}`,
    ),
  };
}
