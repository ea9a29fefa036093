import { Command } from 'commander';
import { Webhook, WebhookTest } from '../../api/webhook/schema.ts';
import { callApi, type Locate } from '../service/client.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { wholeNumber, withConnection } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';

interface Options extends ConnectionOptions {
  readonly json?: true;
}

/** `gloss webhook`: where a tenant hears of its images, set with a key of the tenant that has the scope admin. */
export const webhookCommand = new Command('webhook').description('where to tell how images stand');

const verb = (name: string, description: string): Command =>
  withConnection(webhookCommand.command(name).description(description));
const located = (options: Options): Locate => {
  return () => connect(options);
};

function show(options: Options, answer: Webhook): void {
  if (options.json) print(visibleJson(answer));
  else {
    print(answer.url ?? 'nobody is told');
    print(`secret  ${answer.secret}`);
    if (answer.oldSecretEndsAt !== undefined)
      print(`the secret before it signs until ${answer.oldSecretEndsAt}`);
  }
}

verb('show', 'the address, and the secret that signs what is told').action(async (options: Options) => {
  show(options, await callApi(located(options), '/v1/webhook', Webhook));
});

verb('set', 'tell this address from now on')
  .argument('<url>', 'https://...; it is sent signed JSON by POST')
  .action(async (url: string, options: Options) => {
    show(options, await callApi(located(options), '/v1/webhook', Webhook, { url }, 'PUT'));
  });

verb('remove', 'tell nobody any more').action(async (options: Options) => {
  show(options, await callApi(located(options), '/v1/webhook', Webhook, { url: null }, 'PUT'));
});

verb('rotate', 'make a new secret; the old one signs beside it for a while')
  .option('--overlap-sec <n>', 'how long both sign', wholeNumber(0, 2_592_000), 86_400)
  .action(async (options: Options & { readonly overlapSec: number }) => {
    const { overlapSec } = options;
    show(options, await callApi(located(options), '/v1/webhook/rotation', Webhook, { overlapSec }));
  });

verb('test', 'send the address a message that means nothing, and say whether it was taken').action(
  async (options: Options) => {
    const answer = await callApi(located(options), '/v1/webhook/test', WebhookTest, {});
    if (options.json) print(visibleJson(answer));
    else print(answer.delivered ? 'taken' : `not taken: ${visibleText(answer.reason ?? 'no reason given')}`);
    process.exitCode = answer.delivered ? 0 : 2;
  },
);
