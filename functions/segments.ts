import { z } from 'zod';
import { dynamoStoredSegments } from '../lib/adapters/dynamo-stored-segments.ts';
import { parseTenantId } from '../lib/domain/ids.ts';
import { dynamoDb } from './shared/clients.ts';
import { readEnvironment, text } from './shared/environment.ts';

const { INDEX_TABLE } = readEnvironment({ INDEX_TABLE: text }, process.env);
const stored = dynamoStoredSegments(dynamoDb(), INDEX_TABLE);

const Request = z.strictObject({
  tenant: z.string().transform(parseTenantId),
  start: z.string().exactOptional(),
});

/** Called by the API and by a rebuild: names the segments of a tenant. This function may see keys, and nothing else. */
export async function handler(event: unknown) {
  const { tenant, start } = Request.parse(event);
  return stored.list(tenant, start);
}
