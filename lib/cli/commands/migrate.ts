import { Command } from 'commander';
import { deployedTenants } from '../service/tenant-keys.ts';
import { CommandError } from '../terminal/command-error.ts';
import { print } from '../terminal/print.ts';
import { visibleJson } from '../../domain/visible-text.ts';

interface MigrateOptions {
  readonly table: string;
  readonly json?: true;
}

/** `gloss migrate`: once, after an update of a service that was deployed before tenants had partitions of their own. */
export const migrateCommand = new Command('migrate')
  .description('move tenants and keys that an earlier version stored to where this one looks')
  .requiredOption(
    '--table <name>',
    "tenants table of a deployed service (the stack's output TenantsTableName)",
  )
  .option('--json', 'print one JSON object on stdout')
  .action(async ({ table, json }: MigrateOptions) => {
    const moved = await deployedTenants(table)
      .migrate()
      .catch((error: unknown) => {
        throw new CommandError(
          'table',
          `table ${table} was not migrated: ${reasonOf(error)}; check the name, AWS_REGION and your AWS credentials, and run this again`,
          { cause: error },
        );
      });
    const { tenants, keys } = moved;
    print(json ? visibleJson(moved) : `moved ${tenants} tenants and ${keys} keys`);
  });

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
