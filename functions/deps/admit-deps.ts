import { dynamoReservations } from '../../lib/adapters/dynamo-reservations.ts';
import { dynamoStrayNames, dynamoStrays } from '../../lib/adapters/dynamo-strays.ts';
import { perTenant } from '../../lib/adapters/per-tenant.ts';
import type { DescribeMessage } from '../../lib/domain/messages.ts';
import { keepApart } from '../shared/keep-apart.ts';
import { dynamoDb, tenantClients } from '../shared/clients.ts';
import { positiveCount, readEnvironment, text, type Environment } from '../shared/environment.ts';
import { CHANGING_PICTURES, changingPicturesDeps, objectTimesIn } from '../shared/picture-deps.ts';
import { queueAt } from '../shared/queue-at.ts';
import { clock } from '../shared/runtime.ts';

/** What functions/admit.ts needs, from its environment. @throws Error that names missing variables. */
export function admitDeps(environment: Environment) {
  const env = readEnvironment(
    {
      ...CHANGING_PICTURES,
      ADMIT_QUEUE_URL: text,
      DESCRIBE_QUEUE_URL: text,
      MAX_RECEIVES: positiveCount,
      VISIBILITY_SEC: positiveCount,
    },
    environment,
  );
  const clients = tenantClients(env.TENANT_ROLE_ARN);
  return {
    ...changingPicturesDeps(clients, env),
    reservations: perTenant((tenant) =>
      dynamoReservations(clients.dynamoDb(tenant), env.IMAGES_TABLE, clock),
    ),
    objectTimes: objectTimesIn(clients, env.BUCKET),
    strays: perTenant((tenant) => dynamoStrays(clients.uncounted(tenant), env.TENANTS_TABLE)),
    strayNames: dynamoStrayNames(dynamoDb(), env.TENANTS_TABLE),
    describeQueue: queueAt<DescribeMessage>(env.DESCRIBE_QUEUE_URL),
    keepApart: keepApart([env.ADMIT_QUEUE_URL], { visibilitySec: env.VISIBILITY_SEC }),
    maxReceives: env.MAX_RECEIVES,
  };
}
