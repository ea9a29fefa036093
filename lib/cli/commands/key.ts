import { Command } from 'commander';
import { GlossError } from '../../domain/errors.ts';
import { parseTenantId, type TenantId } from '../../domain/ids.ts';
import { CommandError } from '../terminal/command-error.ts';
import { dataOption } from '../terminal/options.ts';
import { readRunningStack } from '../service/stack-files.ts';
import {
  deployedTenants,
  embeddedTenants,
  makeOperatorKey,
  makeTenantKey,
  readTenantsEnvironment,
  type TenantsTable,
} from '../service/tenant-keys.ts';
import { print } from '../terminal/print.ts';
import { visibleJson } from '../../domain/visible-text.ts';

interface KeyOptions {
  readonly data: string;
  readonly table?: string;
  readonly operator?: true;
  readonly json?: true;
}

/** `gloss key`: lets the first one in, by AWS credentials instead of a key. */
export const keyCommand = new Command('key')
  .description('make the first API key, of a tenant or of the operator; it is shown this once')
  .argument('[tenant]', 'a-z, 0-9 and hyphens; a new name is a new tenant')
  .option('--operator', 'a key that manages tenants, for "gloss tenants" and "gloss keys"')
  .addOption(dataOption())
  .option('--table <name>', "tenants table of a deployed service (the stack's output TenantsTableName)")
  .option('--json', 'print one JSON object on stdout')
  .action(async (name: string | undefined, options: KeyOptions) => {
    if ((name === undefined) === (options.operator === undefined)) {
      throw new CommandError('usage', 'name a tenant, or pass --operator for a key that manages tenants');
    }
    const tenant = name === undefined ? undefined : parseTenantId(name);
    const key = await create(tenant, options);
    print(options.json ? visibleJson({ ...(tenant ? { tenant } : { operator: true }), key }) : key);
  });

async function create(tenant: TenantId | undefined, { data, table }: KeyOptions): Promise<string> {
  const make = (tenants: TenantsTable) =>
    tenant === undefined ? makeOperatorKey(tenants) : makeTenantKey(tenants, tenant);
  if (table === undefined) return make(await runningStackTenants(data));
  try {
    return await make(deployedTenants(table));
  } catch (error) {
    const cause = error instanceof GlossError ? error.cause : error;
    throw new CommandError(
      'table',
      `no key was made in table ${table}: ${cause instanceof Error ? cause.message : String(cause)}; check the name, AWS_REGION and your AWS credentials`,
      { cause: error },
    );
  }
}

async function runningStackTenants(dataDir: string): Promise<TenantsTable> {
  if (!(await readRunningStack(dataDir))) {
    throw new CommandError(
      'no_service',
      `no stack runs on ${dataDir}: start one with "npm start", or name a deployed table by --table`,
    );
  }
  return embeddedTenants(await readTenantsEnvironment(dataDir));
}
