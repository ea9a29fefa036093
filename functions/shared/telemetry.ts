import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { TenantId } from '../../lib/domain/ids.ts';
import type { OnUnreadable } from '../../lib/domain/unreadable.ts';
import { traceSources } from './stack-traces.ts';

// A bundle; sources name themselves.
if (import.meta.filename.endsWith('.mjs')) traceSources();

/** Structured logs; the service's name and the level come from POWERTOOLS_* variables. */
export const logger = new Logger();

const metrics = new Metrics();

/** Counts of one invocation, published as CloudWatch metrics through its log (embedded metric format). */
export function publishCounts(counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) metrics.addMetric(name, MetricUnit.Count, count);
  metrics.publishStoredMetrics();
}

/** Lengths of time in whole seconds, in the same way. */
export function publishSeconds(lengths: Readonly<Record<string, number>>): void {
  for (const [name, seconds] of Object.entries(lengths)) metrics.addMetric(name, MetricUnit.Seconds, seconds);
  metrics.publishStoredMetrics();
}

/** Names an item that cannot be read, and counts it for the alarm. Of which tenant it is, an item of a list of tenants says itself. */
export const noteUnreadable =
  (tenant?: TenantId): OnUnreadable =>
  ({ what, id, reason }) => {
    logger.error('item cannot be read', { tenant, what, id, reason });
    publishCounts({ UnreadableItem: 1 });
  };
