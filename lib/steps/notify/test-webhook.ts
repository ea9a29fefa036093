import type { TenantId } from '../../domain/ids.ts';
import type { RandomHex } from '../../ports/runtime.ts';
import type { TenantReader } from '../../ports/tenants.ts';
import { callReceiver, type CallDeps } from './call-receiver.ts';

export interface TestWebhookDeps extends CallDeps {
  readonly tenants: TenantReader;
  readonly randomHex: RandomHex;
}

/** What came of a test. */
export interface WebhookTestResult {
  readonly delivered: boolean;
  readonly reason?: string;
}

/**
 * Sends a test message to a tenant's webhook, once, and returns whether it was accepted. It counts among the calls of the
 * receiver. An open circuit does not hinder it, and one that is accepted closes the circuit.
 */
export async function testWebhook(deps: TestWebhookDeps, tenant: TenantId): Promise<WebhookTestResult> {
  const account = await deps.tenants.get(tenant);
  if (account?.status !== 'active') return notDelivered(`there is no active tenant ${tenant}`);
  const timestamp = new Date(deps.clock.nowMs()).toISOString();
  const outcome = await callReceiver(deps, account, {
    id: `test-${deps.randomHex(16)}`,
    body: JSON.stringify({ type: 'webhook.test', timestamp, data: {} }),
    isTrial: true,
  });
  switch (outcome.kind) {
    case 'taken':
    case 'done before':
      return { delivered: true };
    case 'failed':
      return notDelivered(outcome.reason);
    case 'never called':
      return notDelivered('the webhook has an address that is never called');
    case 'later':
      return notDelivered('the webhook is answering other calls: try again in some seconds');
  }
}

const notDelivered = (reason: string): WebhookTestResult => ({ delivered: false, reason });
