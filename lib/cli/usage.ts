import { Command } from 'commander';
import { UsageAnswer } from './api-answers.ts';
import { callApi } from './client.ts';
import { connect, type ConnectionOptions } from './connect.ts';
import { withConnection } from './options.ts';

interface UsageOptions extends ConnectionOptions {
  readonly from?: string;
  readonly to?: string;
  readonly json?: true;
}

/** `gloss usage`: what a tenant has used up, by day. */
export const usageCommand = withConnection(
  new Command('usage')
    .description('images, views, tokens, read and write units and dollars by day')
    .option('--from <day>', 'first day, as 2026-11-01; the current month by default')
    .option('--to <day>', 'last day'),
).action(async (options: UsageOptions) => {
  const { from, to } = options;
  const query = new URLSearchParams({ ...(from && { from }), ...(to && { to }) }).toString();
  const answer = await callApi(() => connect(options), `/v1/usage?${query}`, UsageAnswer);
  if (options.json) {
    console.log(JSON.stringify(answer));
    return;
  }
  const { stored, limits, total, days } = answer;
  for (const day of [...days, { day: 'total     ', ...total }]) {
    const { images, views, inputTokens, outputTokens, readUnits, writeUnits, usd } = day;
    console.log(
      `${day.day}  ${images} images, ${views} views, ${inputTokens} + ${outputTokens} tokens, ` +
        `${Math.ceil(readUnits)} + ${Math.ceil(writeUnits)} units, about $${usd.total.toFixed(4)}`,
    );
  }
  console.log(
    `stored: ${stored.images} of ${limits.images} images, ${stored.bytes} of ${limits.bytes} bytes; ` +
      `model budget $${limits.modelUsdPerMonth} a month`,
  );
});
