import { Command } from 'commander';
import { GlossError } from '../domain/errors.ts';
import { parseTenantId, type TenantId } from '../domain/ids.ts';
import type { ApiKeys } from '../ports/api-keys.ts';
import { CommandError } from './command-error.ts';
import { dataOption } from './options.ts';
import { readRunningStack } from './stack-files.ts';
import { deployedApiKeys, embeddedApiKeys, readTenantsEnvironment } from './tenant-keys.ts';

interface KeyOptions {
  readonly data: string;
  readonly table?: string;
  readonly json?: true;
}

/** `gloss key`: lets somebody in. */
export const keyCommand = new Command('key')
  .description('make an API key for a tenant; it is shown this once')
  .argument('<tenant>', 'a-z, 0-9 and hyphens; a new name is a new tenant')
  .addOption(dataOption())
  .option('--table <name>', "tenants table of a deployed service (the stack's output TenantsTableName)")
  .option('--json', 'print one JSON object on stdout')
  .action(async (name: string, options: KeyOptions) => {
    const tenant = parseTenantId(name);
    const key = await create(tenant, options);
    console.log(options.json ? JSON.stringify({ tenant, key }) : key);
  });

async function create(tenant: TenantId, { data, table }: KeyOptions): Promise<string> {
  if (table === undefined) return (await runningStackKeys(data)).create(tenant);
  try {
    return await deployedApiKeys(table).create(tenant);
  } catch (error) {
    const cause = error instanceof GlossError ? error.cause : error;
    throw new CommandError(
      'table',
      `no key was made in table ${table}: ${cause instanceof Error ? cause.message : String(cause)}; check the name, AWS_REGION and your AWS credentials`,
      { cause: error },
    );
  }
}

async function runningStackKeys(dataDir: string): Promise<ApiKeys> {
  if (!(await readRunningStack(dataDir))) {
    throw new CommandError(
      'no_service',
      `no stack runs on ${dataDir}: start one with "npm start", or name a deployed table by --table`,
    );
  }
  return embeddedApiKeys(await readTenantsEnvironment(dataDir));
}
