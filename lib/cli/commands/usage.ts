import { Command, Option } from 'commander';
import { TenantUsagePage } from '../../api/tenant-usage/schema.ts';
import { UsageAnswer, type Used } from '../../api/usage/schema.ts';
import { sizeText } from '../../domain/size-text.ts';
import { callApi } from '../service/client.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { counted } from '../terminal/counted.ts';
import { CommandError } from '../terminal/command-error.ts';
import { withConnection } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';
import { visibleJson } from '../../domain/visible-text.ts';

interface UsageOptions extends ConnectionOptions {
  readonly from?: string;
  readonly to?: string;
  readonly all?: true;
  readonly by?: string;
  readonly json?: true;
}

/** `gloss usage`: what a tenant has used up, by day; for the operator, what each has. */
export const usageCommand = withConnection(
  new Command('usage')
    .description('images, views, tokens, read and write units and dollars by day')
    .option('--from <day>', 'first day, as 2026-11-01; the current month by default')
    .option('--to <day>', 'last day')
    .option('--all', 'as the operator: of every tenant')
    .addOption(
      new Option('--by <period>', 'with --all, what is summed up; month by default').choices([
        'day',
        'month',
      ]),
    ),
).action((options: UsageOptions) => (options.all ? showAll(options) : showOwn(options)));

const daysOf = ({ from, to }: UsageOptions) => ({ ...(from && { from }), ...(to && { to }) });

async function showOwn(options: UsageOptions): Promise<void> {
  if (options.by !== undefined)
    throw new CommandError('usage', '--by sums up what --all shows: pass --all, or leave --by out');
  const query = new URLSearchParams(daysOf(options)).toString();
  const answer = await callApi(() => connect(options), `/v1/usage?${query}`, UsageAnswer);
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

function lineOf(what: string, used: Used): string {
  const { images, views, inputTokens, outputTokens, readUnits, writeUnits, usd } = used;
  return (
    `${what}  ${counted(images, 'image')}, ${counted(views, 'view')}; tokens: ${grouped(inputTokens)} in, ${grouped(outputTokens)} out; ` +
    `units: ${grouped(Math.ceil(readUnits))} read, ${grouped(Math.ceil(writeUnits))} written; about $${usd.total.toFixed(4)}`
  );
}

const grouped = (value: number): string => value.toLocaleString('en');
