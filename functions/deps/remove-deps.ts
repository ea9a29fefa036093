import { tenantClients } from '../shared/clients.ts';
import { readEnvironment, type Environment } from '../shared/environment.ts';
import { clock } from '../shared/runtime.ts';
import { CHANGING_PICTURES, changingPicturesDeps } from '../shared/picture-deps.ts';

/** What functions/remove.ts needs, from its environment. @throws Error that names missing variables. */
export function removeDeps(environment: Environment) {
  const env = readEnvironment(CHANGING_PICTURES, environment);
  return changingPicturesDeps(tenantClients(env.TENANT_ROLE_ARN, clock), env);
}
