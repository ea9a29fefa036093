import { tenantClients } from '../shared/clients.ts';
import { readEnvironment, type Environment } from '../shared/environment.ts';
import { CALLING, receiverDeps } from '../shared/receiver-deps.ts';
import { randomHex } from '../shared/runtime.ts';
import { tenantReader } from '../shared/usage-deps.ts';

/** What functions/ping.ts needs, from its environment. @throws Error that names missing variables. */
export function pingDeps(environment: Environment) {
  const env = readEnvironment(CALLING, environment);
  const clients = tenantClients(env.TENANT_ROLE_ARN);
  return {
    ...receiverDeps(clients, env),
    tenants: tenantReader(clients, env.TENANTS_TABLE),
    randomHex,
  };
}
