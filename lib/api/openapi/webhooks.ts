import type { z } from 'zod';
import { ImageMessage, TestMessage } from '../webhook/schema.ts';
import { SEQUENCER, PIER_ID, TIME } from './example-values.ts';
import { schemaOf, type NamedSchemas } from './json-schema.ts';

const string = { type: 'string' };

/** As lib/adapters/http-webhooks.ts sends them. */
const HEADERS = [
  {
    name: 'webhook-id',
    description: 'the same whenever the same state is told again',
    schema: string,
  },
  { name: 'webhook-timestamp', description: 'seconds since 1970', schema: { ...string, pattern: '^\\d+$' } },
  {
    name: 'webhook-signature',
    description:
      '`v1,` and the HMAC-SHA256 in base64 of `<webhook-id>.<webhook-timestamp>.<body>` with the bytes that the secret holds in base64 after `whsec_`; for a while after a ' +
      'rotation two of these, with a space between: with the new secret and with the old one',
    schema: { ...string, pattern: '^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)?$' },
  },
].map((header) => ({ ...header, in: 'header', required: true }));

/** What is sent to a tenant's webhook: the section `webhooks`. */
export function webhooksOf(named: NamedSchemas) {
  const message = (id: string, summary: string, schema: z.ZodType, example: object) => ({
    post: {
      operationId: id,
      tags: ['webhook'],
      summary,
      description:
        'Signed as Standard Webhooks are (https://www.standardwebhooks.com). What is not answered 2xx, whole and within five ' +
        'seconds, comes again with the same id, after waits that double, for three days at most; the test is sent once.',
      security: [],
      parameters: HEADERS,
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(schema, 'output', named), example } },
      },
      responses: { '2XX': { description: 'taken' } },
    },
  });
  return {
    image: message('imageChanged', 'An image has come to another state', ImageMessage, {
      type: 'image.searchable',
      timestamp: TIME,
      data: { id: PIER_ID, name: 'pier.jpg', status: 'searchable', sequencer: SEQUENCER },
    }),
    test: message('webhookTest', 'POST /v1/webhook/test was asked', TestMessage, {
      type: 'webhook.test',
      timestamp: TIME,
      data: {},
    }),
  };
}
