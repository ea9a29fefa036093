import { Command } from 'commander';
import { setTimeout as sleep } from 'node:timers/promises';
import { TenantJson, TenantsPage } from '../../api/tenants/schema.ts';
import { Adoption, StrayNamesPage, StraysPage } from '../../api/strays/schema.ts';
import { finalAboutMs } from '../../domain/tenant.ts';
import { ApiProblem, callApi, type Locate } from '../service/client.ts';
import { CommandError } from '../terminal/command-error.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { counted } from '../terminal/counted.ts';
import { withConnection } from '../terminal/options.ts';
import { readTenantSettings, withSettings, type SettingOptions } from '../service/tenant-settings.ts';
import { settingLines } from '../terminal/setting-lines.ts';
import { momentText } from '../terminal/moment.ts';
import { print } from '../terminal/print.ts';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';

interface Options extends ConnectionOptions {
  readonly json?: true;
}

const POLL_MS = 500;

/** `gloss tenants`: customers of a deployment, managed with an operator key. */
export const tenantsCommand = new Command('tenants').description(
  'make, list, change, suspend and delete tenants, with an operator key',
);

const located = (options: Options): Locate => {
  return () => connect(options, process.env, 'operator');
};

function show(options: Options, tenant: TenantJson): void {
  print(options.json ? visibleJson(tenant) : lineOf(tenant));
}

function lineOf({ tenant, status, deletion }: TenantJson): string {
  if (!deletion) return `${tenant}  ${status}`;
  const { removedItems, removedObjects, scannedItems, provenAt, final } = deletion;
  const atMs = finalAboutMs({ provenAtMs: Date.parse(provenAt), final });
  const free =
    atMs === undefined
      ? 'final, the name is free again'
      : `final about ${momentText(new Date(atMs).toISOString())}, then the name is free again`;
  return (
    `${tenant}  ${status}: ${counted(removedItems, 'item')} and ${counted(removedObjects, 'object')} removed; ` +
    `none left among ${counted(scannedItems, 'item')}; ${free}`
  );
}

withSettings(
  withConnection(tenantsCommand.command('create').description('make a tenant').argument('<tenant>')),
).action(async (tenant: string, options: Options & SettingOptions) => {
  const settings = readTenantSettings(options);
  const body = { tenant, ...(settings && { settings }) };
  show(options, await callApi(located(options), '/v1/tenants', TenantJson, body));
});

withConnection(tenantsCommand.command('list').description('all tenants')).action(async (options: Options) => {
  const tenants: TenantJson[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const after = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: TenantsPage = await callApi(located(options), `/v1/tenants?limit=100${after}`, TenantsPage);
    tenants.push(...page.tenants);
    cursor = page.cursor;
  }
  if (options.json) print(visibleJson({ tenants }));
  else for (const line of tenants.length > 0 ? tenants.map(lineOf) : ['no tenants']) print(line);
});

withConnection(
  tenantsCommand.command('show').description('a tenant with its settings').argument('<tenant>'),
).action(async (tenant: string, options: Options) => {
  const found = await callApi(located(options), pathOf(tenant), TenantJson);
  print(visibleJson(found, options.json ? undefined : 2));
});

withSettings(
  withConnection(tenantsCommand.command('change').description('change settings').argument('<tenant>')),
).action(async (tenant: string, options: Options & SettingOptions) => {
  const settings = readTenantSettings(options);
  if (!settings) throw new CommandError('usage', 'name at least one setting; --help lists them');
  const changed = await callApi(located(options), pathOf(tenant), TenantJson, { settings }, 'PATCH');
  show(options, changed);
  if (!options.json) for (const line of settingLines(settings, changed.settings)) print(line);
});

for (const [verb, status, description] of [
  ['suspend', 'suspended', 'let nobody in; the data stays'],
  ['resume', 'active', 'let a suspended tenant in again'],
] as const) {
  withConnection(tenantsCommand.command(verb).description(description).argument('<tenant>')).action(
    async (tenant: string, options: Options) => {
      show(options, await callApi(located(options), pathOf(tenant), TenantJson, { status }, 'PATCH'));
    },
  );
}

withConnection(
  tenantsCommand
    .command('delete')
    .description('remove a tenant with all its images, words and keys, and prove it by a scan')
    .argument('<tenant>')
    .option('--yes', 'do it; nothing brings the data back')
    .option('--wait', 'until a scan has found nothing left'),
).action(async (tenant: string, options: Options & { readonly yes?: true; readonly wait?: true }) => {
  if (!options.yes) {
    throw new CommandError('not_sure', `nothing was deleted: pass --yes to delete ${tenant} and all it has`);
  }
  let state = await callApi(located(options), pathOf(tenant), TenantJson, undefined, 'DELETE');
  while (options.wait && state.status !== 'deleted') {
    await sleep(POLL_MS);
    state = await callApi(located(options), pathOf(tenant), TenantJson);
  }
  show(options, state);
});

withConnection(
  tenantsCommand
    .command('strays')
    .description('originals that came for a tenant that was not there; without a name, the names')
    .argument('[tenant]')
    .option('--adopt', 'give them to the tenant, which describes and indexes them'),
).action(async (tenant: string | undefined, options: Options & { readonly adopt?: true }) => {
  if (tenant === undefined && options.adopt)
    throw new CommandError('usage', '--adopt gives strays to one tenant: name it');
  if (tenant === undefined) await listStrayNames(options);
  else if (options.adopt) await adoptStrays(options, tenant);
  else await listStrays(options, tenant);
});

const straysOf = (tenant: string): string => `/v1/strays/${encodeURIComponent(tenant)}`;

/** Every page of a list of the operator. */
async function allPages<Page extends { readonly cursor?: string }>(
  ask: (cursor: string) => Promise<Page>,
): Promise<Page[]> {
  const pages: Page[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; cursor = pages.at(-1)!.cursor) {
    pages.push(await ask(cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`));
  }
  return pages;
}

async function listStrayNames(options: Options): Promise<void> {
  const pages = await allPages<StrayNamesPage>((cursor) =>
    callApi(located(options), `/v1/strays?limit=100${cursor}`, StrayNamesPage),
  );
  const tenants: string[] = [];
  // The list keeps names whose strays are gone.
  for (const tenant of pages.flatMap((page) => page.tenants.map(String))) {
    const { strays } = await callApi(located(options), `${straysOf(tenant)}?limit=1`, StraysPage);
    if (strays.length > 0) tenants.push(tenant);
  }
  if (options.json) print(visibleJson({ tenants }));
  else print(tenants.length > 0 ? tenants.join('\n') : 'no strays');
}

async function listStrays(options: Options, tenant: string): Promise<void> {
  const pages = await allPages<StraysPage>((cursor) =>
    callApi(located(options), `${straysOf(tenant)}?limit=100${cursor}`, StraysPage),
  );
  const strays = pages.flatMap((page) => page.strays);
  if (options.json) print(visibleJson({ tenant, strays }));
  else if (strays.length === 0) print(`no strays under ${tenant}`);
  else
    for (const { name, bytes, storedAt, expiresAt } of strays)
      print(`${visibleText(name)}  ${bytes} bytes  came ${storedAt}  kept until ${expiresAt}`);
}

async function adoptStrays(options: Options, tenant: string): Promise<void> {
  let adopted = 0;
  const refused: Adoption['refused'][number][] = [];
  let cursor: string | undefined;
  do {
    const body = cursor === undefined ? {} : { cursor };
    const answer: Adoption = await callApi(
      located(options),
      `${straysOf(tenant)}/adoption`,
      Adoption,
      body,
    ).catch((error: unknown) => {
      if (error instanceof ApiProblem && error.code === 'tenant_not_found')
        error.hint = `create it first: gloss tenants create ${tenant}`;
      throw error;
    });
    adopted += answer.adopted;
    refused.push(...answer.refused);
    ({ cursor } = answer);
  } while (cursor !== undefined);
  if (options.json) print(visibleJson({ tenant, adopted, refused }));
  else {
    print(adopted === 1 ? `1 original is ${tenant}'s now` : `${adopted} originals are ${tenant}'s now`);
    for (const { name, code } of refused) print(`${visibleText(name)} stays: ${REFUSALS[code]}`);
  }
}

const REFUSALS: Readonly<Record<Adoption['refused'][number]['code'], string>> = {
  own_image: 'the tenant has an image of that name; delete it first',
  deleted: 'it was deleted; remove the delete marker in S3 first',
  too_large: 'it has more bytes than are taken',
  quota: 'the tenant may have no more; raise its limit first, or delete some images',
};

const pathOf = (tenant: string): string => `/v1/tenants/${encodeURIComponent(tenant)}`;
