import type { DescribeMessage } from '../../lib/domain/messages.ts';
import { keepApart } from '../shared/keep-apart.ts';
import { tenantClients } from '../shared/clients.ts';
import { positiveCount, readEnvironment, text, type Environment } from '../shared/environment.ts';
import { queueAt } from '../shared/queue-at.ts';
import { CHANGING_PICTURES, changingPicturesDeps, objectTimesIn } from '../shared/picture-deps.ts';

/** What functions/remove.ts needs, from its environment. @throws Error that names missing variables. */
export function removeDeps(environment: Environment) {
  const env = readEnvironment(
    {
      ...CHANGING_PICTURES,
      ADMIT_QUEUE_URL: text,
      REMOVE_QUEUE_URL: text,
      MAX_RECEIVES: positiveCount,
      VISIBILITY_SEC: positiveCount,
    },
    environment,
  );
  const clients = tenantClients(env.TENANT_ROLE_ARN);
  return {
    ...changingPicturesDeps(clients, env),
    objectTimes: objectTimesIn(clients, env.BUCKET),
    maxReceives: env.MAX_RECEIVES,
    keepApart: keepApart([env.REMOVE_QUEUE_URL], { visibilitySec: env.VISIBILITY_SEC }),
    admitQueue: queueAt<DescribeMessage>(env.ADMIT_QUEUE_URL),
  };
}
