import { NoParameters } from '../fields.ts';
import { SECRET, TIME } from '../openapi/example-values.ts';
import type { Operation } from '../openapi/operation.ts';
import { RotationBody, Webhook, WebhookBody, WebhookTest } from './schema.ts';

export const WEBHOOK_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/webhook',
    id: 'showWebhook',
    tag: 'webhook',
    summary: 'Where the tenant hears of its images, and what signs it',
    access: 'admin',
    query: NoParameters,
    success: { status: 200, description: 'null where nobody is told', body: Webhook },
    example: { answer: { url: null, secret: SECRET } },
  },
  {
    method: 'put',
    path: '/v1/webhook',
    id: 'setWebhook',
    retry: 'again',
    tag: 'webhook',
    summary: 'Says where to tell how images stand, by POST, signed as Standard Webhooks are',
    access: 'admin',
    body: WebhookBody,
    success: { status: 200, description: 'as it is now', body: Webhook },
    example: {
      body: { url: 'https://acme.example/gloss' },
      answer: { url: 'https://acme.example/gloss', secret: SECRET },
    },
  },
  {
    method: 'post',
    path: '/v1/webhook/rotation',
    id: 'rotateWebhookSecret',
    retry: 'refused',
    tag: 'webhook',
    summary: 'Makes a new secret for the webhook; the old one signs beside it for a while',
    access: 'admin',
    body: RotationBody,
    success: { status: 201, description: 'the new secret', body: Webhook },
    example: {
      body: { overlapSec: 3_600 },
      answer: { url: 'https://acme.example/gloss', secret: SECRET, oldSecretEndsAt: TIME },
    },
  },
  {
    method: 'post',
    path: '/v1/webhook/test',
    id: 'testWebhook',
    tag: 'webhook',
    summary: 'Sends the webhook a message that means nothing, and says whether it was taken',
    access: 'admin',
    success: { status: 200, description: 'taken, or why not', body: WebhookTest },
    problems: [409],
    example: { answer: { delivered: true } },
  },
];
