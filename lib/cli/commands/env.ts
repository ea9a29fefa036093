import { Command } from 'commander';
import { TenantJson } from '../../api/tenants/schema.ts';
import { parseTenantId, type TenantId } from '../../domain/ids.ts';
import { visibleJson } from '../../domain/visible-text.ts';
import { callApi } from '../service/client.ts';
import { connect } from '../service/connect.ts';
import { readAwsEnvironment, readLocalKey, tenantEnvironment } from '../service/stack-files.ts';
import { CommandError } from '../terminal/command-error.ts';
import { dataOption } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';

interface EnvOptions {
  readonly data: string;
  readonly tenant?: string;
  readonly json?: true;
}

/** These would come before the key pair. */
const UNSET = ['AWS_PROFILE', 'AWS_SESSION_TOKEN'];

/** `gloss env`: what makes the embedded stack the AWS of a shell. */
export const envCommand = new Command('env')
  .description(
    'print what makes the embedded stack the AWS of a shell: eval "$(gloss env)", then aws, boto3, rclone or an SDK',
  )
  .addOption(dataOption())
  .option(
    '--tenant <name>',
    'with the rights on the pictures of this tenant alone, for an hour; without it, with all rights',
  )
  .option('--json', 'print one JSON object on stdout')
  .action(async ({ data, tenant, json }: EnvOptions) => {
    const all = await readAwsEnvironment(data);
    if (!all)
      throw new CommandError(
        'no_service',
        `no stack runs on ${data}: start one with "npm start", or name its folder by --data`,
      );
    const variables = tenant === undefined ? all : await environmentOf(data, all, parseTenantId(tenant));
    if (json) {
      print(visibleJson(variables));
      return;
    }
    for (const [name, value] of Object.entries(variables)) print(`export ${name}=${quoted(value)}`);
    const unset = UNSET.filter((name) => variables[name] === undefined);
    print(`unset ${unset.join(' ')}`);
  });

/** @throws CommandError where there is no such tenant, as far as a stack has a key that can ask: what came for it would be a stray */
async function environmentOf(data: string, all: Readonly<Record<string, string>>, tenant: TenantId) {
  if ((await readLocalKey(data, 'operator')) !== undefined)
    await callApi(() => connect({ data }, {}, 'operator'), `/v1/tenants/${tenant}`, TenantJson);
  return tenantEnvironment(data, all, tenant);
}

/** For a shell. */
const quoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;
