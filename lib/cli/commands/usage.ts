import { Command, Option } from 'commander';
import { TenantUsagePage } from '../../api/tenant-usage/schema.ts';
import { TenantJson } from '../../api/tenants/schema.ts';
import { UsageAnswer, type Used } from '../../api/usage/schema.ts';
import { reckonUse } from '../../cost/reckon-use.ts';
import { sizeText } from '../../domain/size-text.ts';
import { callApi } from '../service/client.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { counted } from '../terminal/counted.ts';
import { CommandError } from '../terminal/command-error.ts';
import { dollarsReport, type UsedOfPeriod } from '../terminal/dollars-report.ts';
import { withConnection } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';
import { visibleJson } from '../../domain/visible-text.ts';

interface UsageOptions extends ConnectionOptions {
  readonly from?: string;
  readonly to?: string;
  readonly all?: true;
  readonly by?: string;
  readonly dollars?: true;
  readonly model?: string;
  readonly json?: true;
}

/** `gloss usage`: what a tenant has used up, by day; for the operator, what each has, or one; and in dollars, beside an estimate. */
export const usageCommand = withConnection(
  new Command('usage')
    .description('images, views, tokens, read and write units and dollars by day')
    .argument('[tenant]', 'as the operator: of this tenant, by month')
    .option('--from <day>', 'first day, as 2026-11-01; the current month by default')
    .option('--to <day>', 'last day')
    .option('--all', 'as the operator: of every tenant')
    .addOption(
      new Option('--by <period>', 'with --all or a tenant, what is summed up; month by default').choices([
        'day',
        'month',
      ]),
    )
    .option('--dollars', 'dollars alone, beside what gloss cost reckons for as many images')
    .option('--model <id>', 'with --dollars, the model that is reckoned with; that of the tenant by default'),
).action((tenant: string | undefined, options: UsageOptions) => {
  checkTogether(tenant, options);
  if (tenant !== undefined) return showTenant(tenant, options);
  return options.all ? showAll(options) : showOwn(options);
});

function checkTogether(tenant: string | undefined, { all, dollars, model, by }: UsageOptions): void {
  if (all && tenant !== undefined) throw new CommandError('usage', 'name a tenant or pass --all, not both');
  if (all && dollars)
    throw new CommandError('usage', '--dollars is of one tenant: name it in place of --all');
  if (model !== undefined && !dollars)
    throw new CommandError(
      'usage',
      '--model is what --dollars reckons with: pass --dollars, or leave --model out',
    );
  if (by !== undefined && !all && tenant === undefined)
    throw new CommandError(
      'usage',
      '--by sums up what --all or a tenant shows: pass --all, name a tenant, or leave --by out',
    );
}

const daysOf = ({ from, to }: UsageOptions) => ({ ...(from && { from }), ...(to && { to }) });

async function showOwn(options: UsageOptions): Promise<void> {
  const query = new URLSearchParams(daysOf(options)).toString();
  const answer = await callApi(() => connect(options), `/v1/usage?${query}`, UsageAnswer);
  if (options.dollars) {
    const periods = answer.days.map(({ day, ...used }) => ({ period: day, ...used }));
    showDollars(`From ${answer.from} to ${answer.to}`, { ...answer, periods }, {}, options);
    return;
  }
  if (options.json) {
    print(visibleJson(answer));
    return;
  }
  const { stored, reserved, limits, total, days } = answer;
  for (const day of days) print(lineOf(day.day, day));
  print(lineOf('total     ', total));
  print(
    `stored: ${grouped(stored.images)} of ${grouped(limits.images)} images, ${sizeText(stored.bytes)} of ${sizeText(limits.bytes)}; ` +
      (reserved.images > 0
        ? `reserved for invited uploads: ${counted(reserved.images, 'image')}, ${sizeText(reserved.bytes)}; `
        : '') +
      `model budget $${grouped(limits.modelUsdPerMonth)} a month`,
  );
}

async function showAll(options: UsageOptions): Promise<void> {
  const locate = () => connect(options, process.env, 'operator');
  const tenants: TenantUsagePage['tenants'][number][] = [];
  let page: TenantUsagePage | undefined;
  do {
    const cursor = page?.cursor;
    const query = new URLSearchParams({
      ...daysOf(options),
      by: options.by ?? 'month',
      ...(cursor && { cursor }),
    });
    page = await callApi(locate, `/v1/tenant-usage?${query.toString()}`, TenantUsagePage);
    tenants.push(...page.tenants);
  } while (page.cursor !== undefined);
  const usd = tenants.reduce((sum, { total }) => sum + total.usd.total, 0);
  const { from, to, by } = page;
  if (options.json) {
    print(visibleJson({ from, to, by, tenants, usd }));
    return;
  }
  for (const { tenant, periods } of tenants)
    for (const { period, ...used } of periods) print(lineOf(`${tenant}  ${period}`, used));
  print(`${counted(tenants.length, 'tenant')} from ${from} to ${to}, about $${usd.toFixed(4)}`);
}

/** The operator's view of one tenant. */
async function showTenant(tenant: string, options: UsageOptions): Promise<void> {
  const locate = () => connect(options, process.env, 'operator');
  const query = new URLSearchParams({ ...daysOf(options), by: options.by ?? 'month', tenant });
  const { from, to, tenants } = await callApi(
    locate,
    `/v1/tenant-usage?${query.toString()}`,
    TenantUsagePage,
  );
  const { periods, total } = tenants[0]!;
  if (options.dollars) {
    const { settings } = await callApi(locate, `/v1/tenants/${encodeURIComponent(tenant)}`, TenantJson);
    showDollars(`${tenant}, from ${from} to ${to}`, { from, to, periods, total }, settings, options);
    return;
  }
  if (options.json) {
    print(visibleJson({ from, to, tenant, periods, total }));
    return;
  }
  for (const { period, ...used } of periods) print(lineOf(period, used));
  print(lineOf('total  ', total));
}

/** What a deployment has where nobody chose: infra/settings.ts. */
const USUAL = { model: 'us.amazon.nova-2-lite-v1:0', cropPolicy: 'grid-2x2', asks: 1 } as const;

interface UsedInAll {
  readonly from: string;
  readonly to: string;
  readonly periods: readonly UsedOfPeriod[];
  readonly total: Used;
}

function showDollars(
  whose: string,
  { from, to, periods, total }: UsedInAll,
  settings: Partial<Pick<TenantJson['settings'], 'model' | 'cropPolicy' | 'asks'>>,
  options: UsageOptions,
): void {
  const {
    model: modelId,
    cropPolicy,
    asks,
  } = { ...USUAL, ...settings, ...(options.model && { model: options.model }) };
  const usd = reckonUse({ images: total.images, modelId, cropPolicy, asks });
  if (!usd)
    throw new CommandError(
      'model',
      `no price is known for the model "${modelId}": name another with --model, as gloss cost --model has it`,
    );
  const reckoned = { modelId, cropPolicy, asks, usd };
  print(
    options.json
      ? visibleJson({ from, to, periods, total, reckoned })
      : dollarsReport(whose, periods, total, reckoned),
  );
}

function lineOf(what: string, used: Used): string {
  const { images, views, inputTokens, outputTokens, readUnits, writeUnits, usd } = used;
  return (
    `${what}  ${counted(images, 'image')}, ${counted(views, 'view')}; tokens: ${grouped(inputTokens)} in, ${grouped(outputTokens)} out; ` +
    `units: ${grouped(Math.ceil(readUnits))} read, ${grouped(Math.ceil(writeUnits))} written; about $${usd.total.toFixed(4)}`
  );
}

const grouped = (value: number): string => value.toLocaleString('en');
