import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { eventBridgeBus } from '../../lib/adapters/eventbridge-bus.ts';
import type { EventBus } from '../../lib/ports/event-bus.ts';
import { QUICK } from '../shared/timeouts.ts';

export const bus = (name: string): EventBus =>
  eventBridgeBus(new EventBridgeClient({ maxAttempts: 5, requestHandler: QUICK }), name);
