import { GlossError } from '../../lib/domain/errors.ts';
import type { Webhooks } from '../../lib/ports/webhooks.ts';
import { currentProcess } from './process.ts';

/** What came to the receiver of a tenant's webhook. */
export interface HeardNews {
  readonly url: string;
  readonly id: string;
  readonly body: string;
}

/**
 * Calls of webhooks, in the world of the process that makes them: a call can fail as calls of AWS can. The real calls are made
 * over sockets, which test/hostile/receivers and test/e2e/webhooks.test.ts try.
 */
export const worldWebhooks: Webhooks = {
  async send({ url }, id, body) {
    const process = currentProcess()!;
    const news: HeardNews = { url, id, body };
    const call = process.world.begin(process, 'Webhook', 'Post', { Key: new URL(url).hostname });
    try {
      await process.world.attempt(call, news);
    } catch (cause) {
      throw new GlossError('unavailable', 'webhook_failed', 'the webhook closed the connection', { cause });
    }
  },
};
