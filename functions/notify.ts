import { notifyDeps } from './deps/notify-deps.ts';
import { notifyHandler } from './handlers/notify-handler.ts';

/** Tells the webhooks of tenants, and the deployment's event bus, how images stand. */
export const handler = notifyHandler(notifyDeps(process.env));
