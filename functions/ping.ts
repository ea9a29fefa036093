import * as z from 'zod';
import { parseTenantId } from '../lib/domain/ids.ts';
import { testWebhook, type WebhookTestResult } from '../lib/steps/notify/test-webhook.ts';
import { pingDeps } from './deps/ping-deps.ts';
import { logger } from './shared/telemetry.ts';

const deps = pingDeps(process.env);

const Request = z.strictObject({ tenant: z.string().transform(parseTenantId) });

/** Called by the API: sends a test to the webhook of a tenant. This function reaches nothing but what that takes. */
export async function handler(event: unknown): Promise<WebhookTestResult> {
  const { tenant } = Request.parse(event);
  const { delivered, reason } = await testWebhook(deps, tenant);
  logger.info(delivered ? 'delivered' : 'not delivered', { tenant, reason });
  return { delivered, ...(reason !== undefined && { reason }) };
}
